import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { nameOf } from '@/conversations/RowLine'
import { post } from '@/core/api'
import { MOODS } from '@/core/model'
import { span, type Tile, type WallNow } from '@/core/wall'
import { Button } from '@/ui/Button'
import { Mood } from '@/ui/Mood'
import css from './Wall.module.css'
import { Whisper } from './Whisper'

/** What the supervisor should see to, most pressing first, with the customer's own words and what can be done. */
export function NeedsYou({ wall }: { wall: WallNow }) {
  const { t } = useTexts()
  const tiles = wall.needs_you.flatMap((id) => wall.tiles.find((tile) => tile.conversation.id === id) ?? [])
  return (
    <section aria-label={t('wall.needs')}>
      <h2>{t('wall.needs')}</h2>
      {tiles.length === 0 && <p className={css.soft}>{t('wall.calm')}</p>}
      <ol className={css.needs}>
        {tiles.map((tile) => (
          <OneNeed key={tile.conversation.id} tile={tile} />
        ))}
      </ol>
    </section>
  )
}

function OneNeed({ tile }: { tile: Tile }) {
  const { t, language } = useTexts()
  const desk = useDesk()
  const navigate = useNavigate()
  const [whispering, whisper] = useState(false)
  const row = tile.conversation
  const customer = nameOf(row, t('customer.anonymous'))
  const listen = () => {
    void post(`/supervision/conversations/${row.id}/listen`, {}).catch(desk.complain)
    void navigate({ to: '/inbox/$view/$id', params: { view: 'all', id: row.id } })
  }
  const reasons = tile.needs.map((need) => t(`wall.need.${need.kind}`, { time: span(need.minutes * 60_000, language) }))
  return (
    <li className={css.need}>
      <Mood mood={MOODS[tile.heat]!} />
      {tile.quote && (
        <blockquote lang={tile.quote.language ?? undefined} className={css.quote}>
          {tile.quote.text}
        </blockquote>
      )}
      <p className={css.soft}>
        {row.assignee ? t('wall.with', { customer, agent: row.assignee.name }) : customer} · {reasons.join(' · ')}
      </p>
      <span className={css.deeds}>
        {row.assignee && row.assignee.id !== desk.me.id && (
          <Button look="primary" small onPress={() => whisper(!whispering)} aria-expanded={whispering}>
            {t('wall.whisper')}
          </Button>
        )}
        {row.assignee?.id !== desk.me.id && (
          <Button small onPress={() => void desk.act(row.id, { name: 'takeOver' })}>
            {t('wall.takeOver')}
          </Button>
        )}
        <Button small onPress={listen}>
          {t('wall.listen')}
        </Button>
        <Link to="/inbox/$view/$id" params={{ view: 'all', id: row.id }} className="sr-only">
          {t('wall.open', { customer })}
        </Link>
      </span>
      {whispering && row.assignee && <Whisper id={row.id} to={row.assignee} onDone={() => whisper(false)} />}
    </li>
  )
}
