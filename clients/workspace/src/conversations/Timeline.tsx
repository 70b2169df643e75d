import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { GoodwordEvent } from '@goodword/shared/events'
import { part } from '@/app/part'
import { useDesk, useNow, useStore, useTexts } from '@/app/context'
import { get } from '@/core/api'
import { questions, withEarlier, type Conversation } from '@/core/conversation'
import { dayKey, dayName } from '@/core/time'
import { timeline, type Item } from '@/core/timeline'
import { Button } from '@/ui/Button'
import type { Opened } from './Conversation'
import { Bubble } from './Bubble'
import { Chooser } from './Chooser'
import { Elsewhere } from './Elsewhere'
import { Notice } from './Notice'
import { Pending } from './Pending'
import css from './Timeline.module.css'
import { useArrival } from './useArrival'
import { useEverything } from './useEverything'
import { useLetterChannel } from './useLetterChannel'
import { useTimelineScroll } from './useTimelineScroll'
import { useWork } from './work'

const Scheduled = part(() => import('./Scheduled'))
const Chosen = part(() => import('./Chosen'))
const Gap = part(() => import('./Gap'))

/** From so many lines on only those that are seen are laid out. */
const LONG = 400

interface Props extends Opened {
  onWhy: (message: string) => void
  /** All of the person is shown, not this conversation alone. */
  everything: boolean
}

export function Timeline({ conversation, row, reading, onWhy, everything }: Props) {
  const desk = useDesk()
  const { t } = useTexts()
  const [unreadAfter] = useState(() => (reading.readByAgent && reading.newestFromCustomer > reading.readByAgent ? reading.readByAgent : null))
  const events = useEverything(conversation, everything)
  const items = useMemo(() => timeline(events, unreadAfter, dayKey, row.id, conversation.gap), [events, unreadAfter, row.id, conversation.gap])
  const asked = useMemo(() => questions(events), [events])
  const pending = useStore(desk.outbox.entries).filter((entry) => entry.conversation_id === row.id && !reading.confirmed.has(entry.client_id))
  const { chosen } = useWork()
  const load = useEarlier(conversation)
  const arriving = useArrival(conversation, items)
  const scroll = useTimelineScroll(items, pending.length, arriving)
  const opened = { conversation, row, reading }
  const channel = useLetterChannel(events, row.channel.id)
  const letters = channel?.capabilities?.includes('letters')

  return (
    <div className={css.around}>
      <div ref={scroll.ref} className={css.scroller} onScroll={scroll.onScroll} tabIndex={0} role="log" aria-label={t('timeline.label')} aria-live="off">
        {conversation.earlier && !everything && <Earlier load={load} keep={scroll.keep} />}
        <ol className={css.items} data-long={items.length > LONG || undefined}>
          {items.map((item) => (
            <li
              key={item.key}
              className={css[item.kind]}
              id={item.kind === 'message' ? item.message.id : undefined}
              data-unread-line={item.kind === 'unread' || undefined}
            >
              {item.kind === 'gap' && (
                <Suspense fallback={null}>
                  <Gap conversation={conversation} keep={scroll.keep} />
                </Suspense>
              )}
              <One item={item} opened={opened} letters={letters} about={item.kind === 'message' ? (asked.get(item.message.id) ?? null) : null} onWhy={onWhy} />
            </li>
          ))}
          {pending.map((entry) => (
            <li key={entry.client_id} className={css.message}>
              <Pending entry={entry} />
            </li>
          ))}
          {conversation.scheduled.map((reply) => (
            <li key={reply.id} className={css.message}>
              <Suspense fallback={null}>
                <Scheduled reply={reply} conversation={row.id} />
              </Suspense>
            </li>
          ))}
        </ol>
      </div>
      {scroll.unreadAbove && (
        <Button className={css.above} small onPress={scroll.toUnread}>
          {t('timeline.firstUnread')} ↑
        </Button>
      )}
      {scroll.below && (
        <Button className={css.below} small onPress={scroll.toEnd}>
          {t('timeline.below')} ↓
        </Button>
      )}
      {chosen && (
        <Suspense fallback={null}>
          <Chosen row={row} />
        </Suspense>
      )}
      <Announcer events={conversation.events} />
    </div>
  )
}

interface OneProps {
  item: Item
  opened: Opened
  /** Whether the channel is one of letters; undefined while nobody knows. */
  letters: boolean | undefined
  about: string | null
  onWhy: (message: string) => void
}

function One({ item, opened, letters, about, onWhy }: OneProps): ReactNode {
  const { t, language } = useTexts()
  const now = useNow(300_000)
  switch (item.kind) {
    case 'day':
      return <h3 className={css.dayName}>{dayName(item.at, now, language)}</h3>
    case 'unread':
      return <span className={css.unreadName}>{t('timeline.unread')}</span>
    case 'gap':
      return null
    case 'elsewhere':
      return <Elsewhere stream={item.stream} opened={opened} />
    case 'notice':
      return <Notice event={item.event} opened={opened} />
    case 'message':
      return (
        <Chooser message={item.message} stream={item.event.stream} conversation={opened.conversation}>
          <Bubble
            message={item.message}
            conversation={opened.row.id}
            subject={opened.row.subject}
            byMail={letters === false}
            passable={letters === true && opened.conversation.streams.includes(item.event.stream)}
            seq={item.seq}
            first={item.first}
            last={item.last}
            delivery={opened.reading.delivery.get(item.message.id)}
            mood={opened.reading.moods.get(item.message.id)}
            whisperedTo={item.event.type === 'Whispered' ? item.event.data.to.name : null}
            about={about}
            onWhy={onWhy}
          />
        </Chooser>
      )
  }
}

/** Fetches older events and puts them before those that are here. */
function useEarlier({ row, events }: Conversation) {
  const client = useQueryClient()
  const first = events[0]?.seq ?? 0
  return async (before: () => void) => {
    const page = await get<{ events: GoodwordEvent[]; earlier: boolean }>(`/conversations/${row.id}/events?before=${first}`)
    before()
    client.setQueryData<Conversation>(['conversation', row.id], (old) => old && withEarlier(old, page.events, page.earlier))
  }
}

/** Fetches by itself when one comes near it, and can be pressed. */
function Earlier({ load, keep }: { load: ReturnType<typeof useEarlier>; keep: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const place = useRef<HTMLDivElement>(null)
  const [busy, setBusy] = useState(false)
  const fetchMore = async () => {
    if (busy) return
    setBusy(true)
    await load(keep).catch(desk.complain)
    setBusy(false)
  }
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchMore(), { root: place.current?.closest('[role=log]') ?? null, rootMargin: '600px 0px 0px' })
    // Not before the time line has come to stand at its end.
    const timer = setTimeout(() => place.current && watch.observe(place.current), 300)
    return () => {
      clearTimeout(timer)
      watch.disconnect()
    }
  }, [load])
  return (
    <div ref={place} className={css.earlier}>
      <Button look="quiet" small isDisabled={busy} onPress={() => void fetchMore()}>
        {t('timeline.earlier')}
      </Button>
    </div>
  )
}

/** Reads new words of the customer aloud, and nothing else. */
function Announcer({ events }: { events: readonly GoodwordEvent[] }) {
  const { t } = useTexts()
  const [opened] = useState(() => events.at(-1)?.seq ?? 0)
  const last = events.findLast((event) => event.type === 'MessageReceived')
  const words = last?.type === 'MessageReceived' && last.seq > opened && !last.data.message.removed ? last.data.message : null
  return (
    <div className="sr-only" aria-live="polite">
      {words && t('timeline.said', { name: words.author.name, text: words.text })}
    </div>
  )
}
