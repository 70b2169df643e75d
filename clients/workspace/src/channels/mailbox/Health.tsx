import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useNow } from '@/app/context'
import { isAway } from '@/core/mailbox'
import type { Channel } from '@/core/model'
import { age, MINUTE, moment } from '@/core/time'
import css from '@/staff/Settings.module.css'
import { healthQuery, type Way } from '../queries'
import { useWords } from '../words'
import { Why } from './TriedWays'

/** How a mailbox fares: when something last went each way, what is in the way, and what lies about. */
export function Health({ channel }: { channel: Channel }) {
  const { t } = useWords()
  const health = useQuery(healthQuery(channel.id)).data
  if (!health) return null
  const figures = ['waiting', 'quarantined', 'aside', 'queued', 'deferred', 'failed_today'] as const
  return (
    <section className={css.list} aria-label={t('health.title')}>
      <OneWay way={health.in} direction="in" channel={channel} />
      <OneWay way={health.out} direction="out" channel={channel} />
      <dl className={css.figures}>
        {health.in.backlog > 0 && <Figure name={t('health.backlog')} value={health.in.backlog} />}
        {health.in.left_behind > 0 && <Figure name={t('health.left_behind')} value={health.in.left_behind} loud />}
        {figures.map((name) => (
          <Figure key={name} name={t(`health.${name}`)} value={health[name]} loud={name === 'quarantined' || name === 'failed_today'} />
        ))}
      </dl>
      {health.quarantined > 0 && (
        <Link to="/settings/$section" params={{ section: 'quarantine' }}>
          {t('health.look')}
        </Link>
      )}
    </section>
  )
}

type Direction = 'in' | 'out'

function OneWay({ way, direction, channel }: { way: Way; direction: Direction; channel: Channel }) {
  const { t, language } = useWords()
  const now = useNow(5_000)
  return (
    <div className={css.told} data-trouble={isAway(way) || undefined} data-never={way.ok_at ? undefined : ''}>
      <b>{t(`health.${direction}`)}</b> <Last way={way} direction={direction} channel={channel} now={now} />
      {isAway(way) && (
        <p>
          {way.failed_at && `${moment(way.failed_at, now, language)} · `}
          <Why {...way} />
        </p>
      )}
    </div>
  )
}

/** When something last went this way. */
export function Last({ way: { ok_at }, direction, channel, now }: { way: Way; direction: Direction; channel: Channel; now: number }) {
  const { t, language } = useWords()
  if (!ok_at) return t(`health.${direction}.${idle(direction, channel)}`)
  if (now - ok_at < MINUTE) return t(`health.${direction}.now`)
  return t(`health.${direction}.last`, { age: age(ok_at, now, language, '') })
}

/** Why nothing has gone this way yet: it may not be meant to. */
function idle(direction: Direction, { settings }: Channel): string {
  const by = settings[direction === 'in' ? 'inbound' : 'outbound']
  return by === 'none' ? 'none' : by === 'webhook' ? 'handed' : 'never'
}

function Figure({ name, value, loud }: { name: string; value: number; loud?: boolean }) {
  const { language } = useWords()
  return (
    <div data-trouble={(loud && value > 0) || undefined}>
      <dt>{name}</dt>
      <dd>{value.toLocaleString(language)}</dd>
    </div>
  )
}
