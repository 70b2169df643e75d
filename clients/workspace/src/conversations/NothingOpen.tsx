import { useTexts } from '@/app/context'
import { Key } from '@/ui/Key'
import css from './NothingOpen.module.css'

/** The work side before a conversation is chosen. */
export function NothingOpen() {
  const { t } = useTexts()
  return (
    <div className={css.nothing}>
      <p>{t('nothing.title')}</p>
      <dl>
        {(['next', 'neediest', 'select', 'palette', 'help'] as const).map((command) => (
          <div key={command}>
            <dt>
              <Key of={command} />
            </dt>
            <dd>{t(`key.${command}`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
