import { useDesk, useStore, useTexts } from '@/app/context'
import { Button } from './Button'
import { Icon } from './Icon'
import { Key } from './Key'
import css from './Toasts.module.css'

/** What was just done, with Undo for a while, and what went wrong. */
export function Toasts() {
  const desk = useDesk()
  const { t } = useTexts()
  const toasts = useStore(desk.toasts)
  return (
    <div className={css.stack} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={`${css.toast} ${toast.tone === 'trouble' ? css.trouble : ''}`}>
          <span>{typeof toast.text === 'string' ? toast.text : t(toast.text.key, toast.text.values)}</span>
          {toast.undo && (
            <Button
              look="quiet"
              small
              className={css.undo}
              onPress={() => {
                toast.undo!()
                desk.hush(toast.id)
              }}
            >
              {t('common.undo')} <Key of="undo" />
            </Button>
          )}
          <Button look="quiet" small icon className={css.undo} aria-label={t('common.close')} onPress={() => desk.hush(toast.id)}>
            <Icon name="close" size={16} />
          </Button>
        </div>
      ))}
    </div>
  )
}
