import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { part } from '@/app/part'
import { useNow } from '@/app/context'
import { moment } from '@/core/time'
import { bytes } from '@/conversations/Attachments'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { whyOf } from './arrivals'
import { arrivalsQuery, STATES, type Arrival, type ArrivalState } from './queries'
import { useArrivals } from './useArrivals'
import { useWords } from './words'

const ArrivalSheet = part(() => import('./ArrivalSheet'))

/** What came in and is no message: nothing of it is lost, and a person says what becomes of it. */
export function Quarantine() {
  const { t } = useWords()
  const [state, show] = useState<ArrivalState>('quarantined')
  const [opened, open] = useState<string | null>(null)
  const found = useQuery(arrivalsQuery(state)).data
  return (
    <section>
      <p className={css.soft}>{t(`arrivals.what.${state}`)}</p>
      <div className={css.tabs} role="group" aria-label={t('settings.quarantine')}>
        {STATES.map((one) => (
          <Button key={one} small look={one === state ? 'primary' : 'plain'} aria-pressed={one === state} onPress={() => show(one)}>
            {t(`arrivals.${one}`)} {found && found.counts[one]}
          </Button>
        ))}
      </div>
      {found?.arrivals.length === 0 && <p>{t(`arrivals.none.${state}`)}</p>}
      <ul className={css.list}>
        {found?.arrivals.map((one) => (
          <One key={one.id} arrival={one} onOpen={() => open(one.id)} />
        ))}
      </ul>
      {opened && (
        <Suspense fallback={null}>
          <ArrivalSheet id={opened} onClose={() => open(null)} />
        </Suspense>
      )}
    </section>
  )
}

function One({ arrival, onOpen }: { arrival: Arrival; onOpen: () => void }) {
  const { t, language } = useWords()
  const now = useNow(60_000)
  const { replay, drop } = useArrivals()
  const name = arrival.subject || t('arrivals.noSubject')
  return (
    <li className={css.card}>
      <div className={css.line}>
        <div dir="auto">
          <h3>{name}</h3>
          <span className={css.soft}>{arrival.from || t('arrivals.noSender')}</span>
        </div>
        <span className={css.soft}>
          {arrival.channel.name} · {moment(arrival.at, now, language)} · {bytes(arrival.size, language)}
          {arrival.mended && ` · ${t('arrivals.mended')}`}
        </span>
      </div>
      {arrival.reason && <p>{whyOf(arrival, t)}</p>}
      <div className={css.deeds}>
        <Button small onPress={onOpen} aria-label={t('arrivals.openOf', { name })}>
          {t('arrivals.open')}
        </Button>
        {arrival.state !== 'waiting' && (
          <Button small onPress={() => void replay(arrival)} aria-label={t('arrivals.replayOf', { name })}>
            {t('arrivals.replay')}
          </Button>
        )}
        <Button small look="danger" onPress={() => void drop(arrival)} aria-label={t('arrivals.dropOf', { name })}>
          {t('arrivals.drop')}
        </Button>
      </div>
    </li>
  )
}
