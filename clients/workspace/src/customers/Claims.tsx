import { useTexts } from '@/app/context'
import type { Value } from '@/core/model'
import css from './CustomerPanel.module.css'

const KNOWN = ['order', 'topic']

/** What the customer, or the page he was on, says of him; nobody has proved it. */
export default function Claims({ claims }: { claims: Readonly<Record<string, Value>> }) {
  const { t } = useTexts()
  const told = Object.entries(claims)
  if (!told.length) return null
  return (
    <section>
      <h3>{t('customer.claimed')}</h3>
      <div className={css.fields}>
        {told.map(([key, value]) => (
          <label key={key}>
            <span>{KNOWN.includes(key) ? t(`channels.question.${key}`) : key}</span>
            <output dir="auto">{String(value)}</output>
          </label>
        ))}
      </div>
    </section>
  )
}
