import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTexts } from '@/app/context'
import type { Row, View } from '@/core/model'
import type { InboxSearch } from '@/core/place'
import { age, moment } from '@/core/time'
import { Icon } from '@/ui/Icon'
import { Mood } from '@/ui/Mood'
import css from './RowLine.module.css'

interface Props {
  row: Row
  view: View
  search: InboxSearch
  now: number
  selected: boolean
  gone: boolean
}

/** One conversation in the list: who, by what, how old, the last words in their own voice, and what asks for a look. */
export const RowLine = memo(function RowLine({ row, view, search, now, selected, gone }: Props) {
  const { t, language } = useTexts()
  // What the assistant has in hand asks nobody for a look.
  const unread = row.handler === 'assistant' ? 0 : row.unread
  return (
    <Link
      to="/inbox/$view/$id"
      params={{ view, id: row.id }}
      search={search}
      preload={false}
      className={`${css.row} ${gone ? css.gone : ''}`}
      data-mood={row.mood ?? 'calm'}
      data-unread={unread > 0}
      aria-current={selected ? 'true' : undefined}
      draggable={false}
    >
      <span className={css.name}>{nameOf(row, t('customer.anonymous'))}</span>
      <span className={css.when}>
        {row.channel.name} · {age(row.last_at, now, language, t('time.now'))}
      </span>
      <LastWords row={row} />
      <span className={css.marks}>
        {row.mood && <Mood mood={row.mood} />}
        <Marks row={row} />
        <Standing row={row} now={now} />
        <span className={css.tags}>
          {row.tags.slice(0, 2).map((tag) => (
            <span key={tag}>#{tag}</span>
          ))}
        </span>
      </span>
      {unread > 0 && (
        <span className={css.unread}>
          {unread}
          <span className="sr-only"> {t('row.unread')}</span>
        </span>
      )}
    </Link>
  )
})

export const nameOf = (row: Pick<Row, 'customer' | 'number'>, anonymous: string) =>
  row.customer.anonymous && !row.customer.name ? `${anonymous} ${row.number}` : row.customer.name

function LastWords({ row }: { row: Row }) {
  const { t } = useTexts()
  const words = row.preview
  if (!words) return <span className={css.words}>{row.subject ?? ''}</span>
  if (words.kind === 'removed') return <span className={css.words}>{t('row.removed')}</span>
  if (words.author_kind === 'customer') {
    return (
      <span className={`${css.words} ${css.voice}`} lang={row.language ?? undefined}>
        {words.text || t('row.file')}
      </span>
    )
  }
  const who = words.kind === 'note' ? t('row.note') : t(`row.${words.author_kind}`)
  return (
    <span className={css.words}>
      <span className={words.author_kind === 'assistant' ? css.ai : css.who}>{who}</span>{' '}
      <span lang={row.language ?? undefined}>{words.text || t('row.file')}</span>
    </span>
  )
}

/** What is out of the ordinary, each by a word or a sign; most rows have none. */
function Marks({ row }: { row: Row }) {
  const { t, n } = useTexts()
  const high = row.priority === 'urgent' || row.priority === 'high'
  return (
    <>
      {row.mentioned === 'new' && (
        <b className={css.mention}>
          @<span className="sr-only">{t('row.mentioned')}</span>
        </b>
      )}
      {row.undelivered && <b className={css.urgent}>{t('row.undelivered')}</b>}
      {high && <b className={css[row.priority]}>{t(`priority.${row.priority}`)}</b>}
      {row.spam && <span>{t('row.spam')}</span>}
      {row.rating !== null && (
        <span className={row.rating <= 2 ? css.high : undefined}>
          <span aria-hidden>★ {row.rating}</span>
          <span className="sr-only">{n('row.rated', row.rating)}</span>
        </span>
      )}
      {row.scheduled > 0 && (
        <span className={css.phrase}>
          <Icon name="send" size={16} label={n('row.scheduled', row.scheduled)} />
        </span>
      )}
    </>
  )
}

/** Where the conversation stands, in one short phrase. */
function Standing({ row, now }: { row: Row; now: number }) {
  const { t, language } = useTexts()
  if (row.merged_into) return <span>{t('row.merged', { number: String(row.merged_into.number) })}</span>
  if (row.status === 'snoozed' && row.snoozed_until) {
    return <Phrase icon="clock">{t('row.until', { time: moment(row.snoozed_until, now, language) })}</Phrase>
  }
  if (row.status === 'closed') return <Phrase icon="check">{t('status.closed')}</Phrase>
  if (row.handler === 'assistant') return <span className={css.ai}>{t('row.withAssistant')}</span>
  if (row.waiting_since !== null) {
    const since = age(row.waiting_since, now, language, t('time.now'))
    return <Phrase icon="clock">{t(row.handler === 'queue' ? 'row.queued' : 'row.waits', { time: since })}</Phrase>
  }
  return <span>{t('row.answered')}</span>
}

function Phrase({ icon, children }: { icon: 'clock' | 'check'; children: string }) {
  return (
    <span className={css.phrase}>
      <Icon name={icon} size={16} />
      {children}
    </span>
  )
}
