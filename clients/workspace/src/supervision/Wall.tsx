import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useCommand } from '@/app/commands'
import { useDesk, useTexts } from '@/app/context'
import { nameOf } from '@/conversations/RowLine'
import { MOODS } from '@/core/model'
import { clock } from '@/core/time'
import { share, span, type Tile, type WallNow } from '@/core/wall'
import { Button } from '@/ui/Button'
import { Mood } from '@/ui/Mood'
import { AtWork } from './AtWork'
import { NeedsYou } from './NeedsYou'
import { useWall } from './useWall'
import css from './Wall.module.css'

/** Everything that runs now, hottest first; calm things are grey. `?big=1`: for a screen on the wall, without names. */
export default function Wall() {
  const { t, language } = useTexts()
  const { big } = useSearch({ strict: false }) as { big?: string }
  const navigate = useNavigate()
  const [paused, pause] = useState(false)
  const wall = useWall(paused)
  useCommand('back', () => (big ? void navigate({ to: '/wall', search: {} }) : false))
  const now = wall.data
  return (
    <main id="work" tabIndex={-1} className={css.wall} data-big={big ? true : undefined}>
      <header className={css.head}>
        <h1>{t('wall.title')}</h1>
        {now && (
          <p role="status">
            {t('wall.asOf', { time: clock(now.at, language), count: now.tiles.length })}
            {now.needs_you.length > 0 && <b className={css.urgent}>{t('wall.needYou', { count: now.needs_you.length })}</b>}
          </p>
        )}
        <span className={css.deeds}>
          <Button onPress={() => pause(!paused)} aria-pressed={paused}>
            {t(paused ? 'wall.goOn' : 'wall.hold')}
          </Button>
          <Button onPress={() => void navigate({ to: '/wall', search: big ? {} : { big: '1' } })}>
            {t(big ? 'wall.withNames' : 'wall.bigScreen')}
          </Button>
        </span>
      </header>
      {wall.error && !now && <p role="alert">{t('error.unreachable')}</p>}
      {now && <Figures now={now} />}
      {now && (
        <div className={css.columns}>
          <section aria-label={t('wall.tiles')}>
            <h2>{t('wall.tiles')}</h2>
            {now.tiles.length === 0 && <p className={css.soft}>{t('wall.empty')}</p>}
            <ul className={css.tiles}>
              {now.tiles.map((tile) => (
                <OneTile key={tile.conversation.id} tile={tile} big={Boolean(big)} at={now.at} />
              ))}
            </ul>
          </section>
          <div className={css.side}>
            {!big && <NeedsYou wall={now} />}
            <AtWork agents={now.agents} nameless={Boolean(big)} />
          </div>
        </div>
      )}
    </main>
  )
}

function Figures({ now }: { now: WallNow }) {
  const { t, n, language } = useTexts()
  const { figures } = now
  const assistant = share(figures.by_assistant, figures.answered)
  const rating = figures.rating === null ? null : new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(figures.rating)
  return (
    <dl className={css.figures}>
      <Figure
        name={t('wall.waiting')}
        value={String(figures.waiting)}
        more={figures.longest_wait === null ? t('wall.nobodyWaits') : t('wall.longest', { time: span(figures.longest_wait, language) })}
      />
      <Figure name={t('wall.firstReply')} value={figures.first_reply === null ? '–' : span(figures.first_reply, language)} more={t('wall.median')} />
      <Figure name={t('wall.byAssistant')} value={assistant === null ? '–' : `${assistant} %`} more={t('wall.ofAnswered', { count: figures.answered })} />
      <Figure name={t('wall.closed')} value={String(figures.closed)} more={t('wall.today')} />
      <Figure name={t('wall.rating')} value={rating ?? '–'} more={n('wall.rated', figures.rated)} />
    </dl>
  )
}

function Figure({ name, value, more }: { name: string; value: string; more: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        <span>{more}</span>
      </dd>
    </div>
  )
}

function OneTile({ tile, big, at }: { tile: Tile; big: boolean; at: number }) {
  const { t, language } = useTexts()
  const desk = useDesk()
  const row = tile.conversation
  const mood = MOODS[tile.heat]!
  const waits = row.waiting_since === null ? t('row.answered') : span(Math.max(0, at - row.waiting_since), language)
  const who = row.assignee?.name ?? t(row.handler === 'assistant' ? 'wall.assistant' : 'wall.noOne')
  const inside = (
    <>
      <span className={css.who}>
        <b>{big ? t(row.assignee ? 'wall.person' : row.handler === 'assistant' ? 'wall.assistant' : 'wall.noOne') : who}</b>
        <Mood mood={mood} />
      </span>
      <span>{big ? row.channel.name : nameOf(row, t('customer.anonymous'))}</span>
      <span>
        {big ? '' : `${row.channel.name} · `}
        {waits}
      </span>
    </>
  )
  return (
    <li>
      {big ? (
        <div className={css.tile} data-heat={tile.heat}>
          {inside}
        </div>
      ) : (
        <Link
          to="/inbox/$view/$id"
          params={{ view: row.assignee?.id === desk.me.id ? 'mine' : 'all', id: row.id }}
          className={css.tile}
          data-heat={tile.heat}
        >
          {inside}
        </Link>
      )}
    </li>
  )
}
