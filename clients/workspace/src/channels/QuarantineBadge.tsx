import { useQuery } from '@tanstack/react-query'
import css from '@/staff/Settings.module.css'
import { arrivalsQuery } from './queries'
import { useWords } from './words'

const MINUTE = 60_000

/** How many mails wait for a person. `seldom`: where it stands all day long. */
export default function QuarantineBadge({ seldom }: { seldom?: boolean }) {
  const { n } = useWords()
  const often = arrivalsQuery('quarantined')
  const found = useQuery(seldom ? { ...often, refetchInterval: MINUTE, staleTime: MINUTE } : often).data
  const count = found?.counts.quarantined
  return count ? (
    <b className={css.badge}>
      <span aria-hidden>{count}</span>
      <span className="sr-only">{n('arrivals.count', count)}</span>
    </b>
  ) : null
}
