import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { GoodwordEvent } from '@goodword/shared/events'
import { useDesk, useNow, useStore, useTexts } from '@/app/context'
import { get } from '@/core/api'
import { answeredBy, withEarlier, type Conversation } from '@/core/conversation'
import { dayKey, dayName } from '@/core/time'
import { timeline, type Item } from '@/core/timeline'
import { Button } from '@/ui/Button'
import type { Opened } from './Conversation'
import { Bubble } from './Bubble'
import { Notice } from './Notice'
import { Pending } from './Pending'
import css from './Timeline.module.css'

export function Timeline({ conversation, row, reading, onWhy }: Opened & { onWhy: (message: string) => void }) {
  const desk = useDesk()
  const { t } = useTexts()
  const [unreadAfter] = useState(() => (reading.readByAgent && reading.newestFromCustomer > reading.readByAgent ? reading.readByAgent : null))
  const items = useMemo(() => timeline(conversation.events, unreadAfter, dayKey), [conversation.events, unreadAfter])
  const pending = useStore(desk.outbox.entries).filter(
    (entry) => entry.conversation_id === row.id && !reading.confirmed.has(entry.client_id),
  )
  const scroll = useScroll(items, pending.length)

  return (
    <div className={css.around}>
      <div ref={scroll.ref} className={css.scroller} onScroll={scroll.onScroll} tabIndex={0} role="log" aria-label={t('timeline.label')} aria-live="off">
        {conversation.earlier && <Earlier id={row.id} first={conversation.events[0]?.seq ?? 0} keep={scroll.keep} />}
        <ol className={css.items}>
          {items.map((item) => (
            <li key={item.key} className={css[item.kind]} id={item.kind === 'message' ? item.message.id : undefined} data-unread-line={item.kind === 'unread' || undefined}>
              <One item={item} opened={{ conversation, row, reading }} onWhy={onWhy} />
            </li>
          ))}
          {pending.map((entry) => (
            <li key={entry.client_id} className={css.message}>
              <Pending entry={entry} />
            </li>
          ))}
        </ol>
      </div>
      {scroll.below && (
        <Button className={css.below} small onPress={scroll.toEnd}>
          {t('timeline.below')} ↓
        </Button>
      )}
      <Announcer events={conversation.events} />
    </div>
  )
}

function One({ item, opened, onWhy }: { item: Item; opened: Opened; onWhy: (message: string) => void }) {
  const { t, language } = useTexts()
  const now = useNow(300_000)
  switch (item.kind) {
    case 'day':
      return <h3 className={css.dayName}>{dayName(item.at, now, language)}</h3>
    case 'unread':
      return <span className={css.unreadName}>{t('timeline.unread')}</span>
    case 'notice':
      return <Notice event={item.event} />
    case 'message': {
      const about = item.message.author.kind === 'assistant' ? answeredBy(opened.conversation.events, item.event) : null
      return <Bubble item={item} reading={opened.reading} onWhy={about ? () => onWhy(about) : null} />
    }
  }
}

function Earlier({ id, first, keep }: { id: string; first: number; keep: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const load = async () => {
    setBusy(true)
    try {
      const page = await get<{ events: GoodwordEvent[]; earlier: boolean }>(`/conversations/${id}/events?before=${first}`)
      keep()
      client.setQueryData<Conversation>(['conversation', id], (old) => old && withEarlier(old, page.events, page.earlier))
    } catch (error) {
      desk.complain(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={css.earlier}>
      <Button look="quiet" small isDisabled={busy} onPress={() => void load()}>
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
  const words = last?.type === 'MessageReceived' && last.seq > opened ? last.data.message : null
  return (
    <div className="sr-only" aria-live="polite">
      {words && t('timeline.said', { name: words.author.name, text: words.text })}
    </div>
  )
}

const NEAR = 80

/** Opens at the unread line or the end, follows the end while the person is there, never moves otherwise. */
function useScroll(items: readonly Item[], pending: number) {
  const spoken = items.filter((item) => item.kind === 'message').length + pending
  const heard = useRef(spoken)
  const wrote = useRef(pending)
  const ref = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const height = useRef<number | null>(null)
  const [below, setBelow] = useState(false)
  const toEnd = () => ref.current?.scrollTo({ top: ref.current.scrollHeight })

  useLayoutEffect(() => {
    const line = ref.current?.querySelector('[data-unread-line]')
    if (line) line.scrollIntoView({ block: 'center' })
    else toEnd()
  }, [])

  useLayoutEffect(() => {
    const box = ref.current
    if (!box) return
    if (height.current !== null) {
      box.scrollTop += box.scrollHeight - height.current
      height.current = null
    } else if (atEnd.current || pending > wrote.current) toEnd()
    else if (spoken > heard.current) setBelow(true)
    heard.current = spoken
    wrote.current = pending
  }, [items, spoken])

  useEffect(() => {
    const box = ref.current
    if (!box) return
    const watch = new ResizeObserver(() => atEnd.current && toEnd())
    watch.observe(box)
    if (box.lastElementChild) watch.observe(box.lastElementChild)
    return () => watch.disconnect()
  }, [])

  return {
    ref,
    below,
    toEnd,
    keep: () => void (height.current = ref.current?.scrollHeight ?? null),
    onScroll: () => {
      const box = ref.current!
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR
      if (atEnd.current) setBelow(false)
    },
  }
}
