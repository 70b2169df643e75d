import { useQuery } from '@tanstack/react-query'
import { useNow } from '@/app/context'
import { isAway } from '@/core/mailbox'
import type { Channel } from '@/core/model'
import css from '@/staff/Settings.module.css'
import { healthQuery } from '../queries'
import { useWords } from '../words'
import { Last } from './Health'
import { Why } from './TriedWays'

/** In the list of channels: that a mailbox works, or what is in its way. */
export default function HealthLine({ channel }: { channel: Channel }) {
  const { t } = useWords()
  const now = useNow(5_000)
  const health = useQuery(healthQuery(channel.id)).data
  if (!health) return null
  const away = (['in', 'out'] as const).filter((direction) => isAway(health[direction]))
  if (!away.length)
    return (
      <p className={css.soft}>
        <Last way={health.in} direction="in" channel={channel} now={now} /> <Last way={health.out} direction="out" channel={channel} now={now} />
      </p>
    )
  return away.map((direction) => (
    <div key={direction} className={css.told} data-trouble>
      <b>{t(`health.${direction}`)}</b> <Why {...health[direction]} />
    </div>
  ))
}
