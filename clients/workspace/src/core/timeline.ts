/** The time line as it is drawn: days, the unread line, messages in groups, notices. */

import type { GoodwordEvent, Message } from '@goodword/shared/events'
import { messageOf } from './conversation'

export type NoticeEvent = Extract<
  GoodwordEvent,
  { type: 'Assigned' | 'StatusChanged' | 'HandlerChanged' | 'Queued' | 'HandoverRequested' | 'NobodyAvailable' | 'CustomerRenamed' | 'ConversationOpened' }
>

export type Item =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; event: GoodwordEvent; message: Message; first: boolean; last: boolean }
  | { kind: 'notice'; key: string; event: NoticeEvent }

const NOTICED = new Set<string>(['Assigned', 'StatusChanged', 'Queued', 'HandoverRequested', 'NobodyAvailable', 'CustomerRenamed'])
const GROUP_WITHIN = 3 * 60_000

/**
 * The items of a time line, oldest first.
 *
 * `unreadAfter` is the newest event that had been read when the conversation was opened: the unread line stands before
 * the first message of the customer after it. `dayOf` names the local day of a time.
 */
export function timeline(events: readonly GoodwordEvent[], unreadAfter: number | null, dayOf: (at: number) => string): Item[] {
  const items: Item[] = []
  let day = ''
  let unread = unreadAfter === null
  for (const event of events) {
    const message = messageOf(event)
    if (!message && !isNotice(event)) continue
    if (dayOf(event.at) !== day) {
      day = dayOf(event.at)
      items.push({ kind: 'day', key: `day-${day}-${event.seq}`, at: event.at })
    }
    if (!unread && event.type === 'MessageReceived' && event.seq > unreadAfter!) {
      unread = true
      items.push({ kind: 'unread', key: 'unread' })
    }
    if (message) items.push(grouped(items, event, message))
    else if (isNotice(event)) items.push({ kind: 'notice', key: event.id, event })
  }
  return items
}

function grouped(items: Item[], event: GoodwordEvent, message: Message): Item {
  const before = items.at(-1)
  const together =
    before?.kind === 'message' &&
    before.message.author.kind === message.author.kind &&
    before.message.author.id === message.author.id &&
    before.message.kind === message.kind &&
    message.at - before.message.at < GROUP_WITHIN
  if (together) before.last = false
  return { kind: 'message', key: message.id, event, message, first: !together, last: true }
}

function isNotice(event: GoodwordEvent): event is NoticeEvent {
  if (event.type === 'StatusChanged') return event.data.status !== event.data.previous && !quiet(event)
  return NOTICED.has(event.type)
}

/** An answer makes the conversation wait, a message of the customer opens it again: both are seen without words. */
function quiet(event: Extract<GoodwordEvent, { type: 'StatusChanged' }>): boolean {
  const { status, previous } = event.data
  const between = (one: string) => one === 'open' || one === 'waiting'
  return between(status) && between(previous)
}
