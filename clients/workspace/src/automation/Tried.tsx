import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNow, useTexts } from '@/app/context'
import { moment } from '@/core/time'
import { Select } from '@/ui/Field'
import css from '@/staff/Settings.module.css'
import own from './automation.module.css'
import { tryOut } from './queries'
import { isWhole, type Draft } from './rules'
import { useWords } from './words'

const SPANS = [7, 30, 90]

/** What a rule would have done in the last days: how often, where, why, and whom it contradicts. */
export function Tried({ draft, id }: { draft: Draft; id: string }) {
  const { t, n, language } = useWords()
  const [days, look] = useState(30)
  const { data } = useQuery({
    queryKey: ['tried', id, days, draft, language],
    queryFn: () => tryOut(draft, id, days),
    enabled: isWhole(draft),
  })
  return (
    <section className={own.told} aria-label={t('auto.try')}>
      <Select label={t('auto.lookBack')} value={days} onChange={(event) => look(Number(event.target.value))}>
        {SPANS.map((one) => (
          <option key={one} value={one}>
            {n('duration.days', one)}
          </option>
        ))}
      </Select>
      <div role="status">
        {data && (
          <p>
            <b>{n('auto.would', data.matched)}</b> {n('auto.checked', data.checked, { since: day(data.since, language) })} {!data.whole && t('auto.notWhole')}
          </p>
        )}
      </div>
      {data?.conflicts.map(({ sentence }) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <ul className={css.list}>
        {data?.examples.map(({ conversation, touches }) => (
          <li key={conversation.id}>
            <Where id={conversation.id} number={conversation.number} name={conversation.customer.name} at={touches[0]!.at} />{' '}
            <span className={css.soft}>
              {touches[0]!.why.join(' · ') || t('auto.always')} {touches.length > 1 && n('auto.often', touches.length)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const day = (at: number, language: string) => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(at)

/** A conversation to go to. */
export function Where({ id, number, name, at }: { id: string; number: number; name: string; at: number }) {
  const { t } = useTexts()
  const { language } = useWords()
  const now = useNow(60_000)
  return (
    <Link to="/inbox/$view/$id" params={{ view: 'all', id }}>
      {name || t('customer.anonymous')} #{number}, {moment(at, now, language)}
    </Link>
  )
}
