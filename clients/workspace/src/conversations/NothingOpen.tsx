import { useTexts } from '@/app/context'
import css from './NothingOpen.module.css'

/** The work side before a conversation is chosen. */
export function NothingOpen() {
  const { t } = useTexts()
  return (
    <div className={css.nothing}>
      <p>{t('nothing.title')}</p>
      <dl>
        {[
          ['J', t('key.next')],
          ['G', t('key.neediest')],
          ['?', t('key.help')],
        ].map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
