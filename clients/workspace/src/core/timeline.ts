/** The time line as it is drawn: days, the unread line, messages in groups, notices. */

import type { EventType, GoodwordEvent, Message } from '@goodword/shared/events'
import { messageOf } from './conversation'

const NOTICED = [
  'Assigned', 'StatusChanged', 'Queued', 'HandoverRequested', 'NobodyAvailable', 'CustomerRenamed', 'PriorityChanged', 'MarkedSpam', 'UnmarkedSpam',
  'ConversationMerged', 'ConversationUnmerged', 'ConversationJoined', 'ConversationLeft', 'MessagesSplitOff', 'MessagesMovedHere', 'SplitUndone',
  'SideThreadStarted', 'SideThreadClosed', 'ScheduledReplyCancelled', 'RatingAsked', 'RatingGiven', 'ListenedIn', 'RuleApplied', 'MacroApplied',
  'AutomationUndone', 'TeamLeft', 'Bounced', 'DeliveryFailed', 'ReplyRequeued', 'ConversationOpened', 'CarriedOn',
] as const satisfies EventType[]

export type NoticeEvent = Extract<GoodwordEvent, { type: (typeof NOTICED)[number] }>

export type Item =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  /** What happened here hasn't been fetched. */
  | { kind: 'gap'; key: string }
  /** From here on words of another conversation: it has been merged into this one, or one looks at all of a person. */
  | { kind: 'elsewhere'; key: string; stream: string }
  | { kind: 'message'; key: string; event: GoodwordEvent; message: Message; seq: number; first: boolean; last: boolean }
  | { kind: 'notice'; key: string; event: NoticeEvent }

const GROUP_WITHIN = 3 * 60_000
const KNOWN: ReadonlySet<string> = new Set(NOTICED)
/** What is told of another conversation whose words stand in this time line, too; the rest is its own business. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['HandoverRequested', 'RatingGiven'])

/**
 * The items of a time line, oldest first.
 *
 * `unreadAfter` is the newest event that had been read when the conversation was opened: the unread line stands before
 * the first message of the customer after it. `dayOf` names the local day of a time. `own`: the conversation whose time
 * line it is; words of others are announced. `gap`: the event behind which some are missing.
 */
export function timeline(events: readonly GoodwordEvent[], unreadAfter: number | null, dayOf: (at: number) => string, own?: string, gap: number | null = null): Item[] {
  const items: Item[] = []
  const away = movedAway(events)
  const undone = takenBack(events)
  let day = ''
  let stream = own
  let unread = unreadAfter === null
  let missing = gap !== null
  const dayLine = (at: number, key: string) => {
    if (dayOf(at) === day) return
    day = dayOf(at)
    items.push({ kind: 'day', key: `day-${day}-${key}`, at })
  }
  const sayStream = (event: GoodwordEvent) => {
    if (own === undefined || event.stream === stream) return
    stream = event.stream
    items.push({ kind: 'elsewhere', key: `from-${event.seq}`, stream })
  }
  for (const { event, message, seq } of placed(events)) {
    const foreign = own !== undefined && event.stream !== own
    if (message ? away.has(`${event.stream} ${message.id}`) : !isNotice(event) || undone.has(event.seq)) continue
    if (foreign && !message && !TOLD_ELSEWHERE.has(event.type)) continue
    if (missing && seq > gap!) {
      missing = false
      items.push({ kind: 'gap', key: 'gap' })
    }
    dayLine(message?.at ?? event.at, message?.id ?? event.id)
    if (!unread && event.type === 'MessageReceived' && event.seq > unreadAfter!) {
      unread = true
      items.push({ kind: 'unread', key: 'unread' })
    }
    if (message) {
      sayStream(event)
      items.push(grouped(items, event, message, seq))
    } else if (isNotice(event)) items.push({ kind: 'notice', key: event.id, event })
  }
  return items
}

interface Placed {
  event: GoodwordEvent
  message: Message | null
  seq: number
}

/** Every event and every message in the order in which it happened: what was moved here stands where it was said. */
function placed(events: readonly GoodwordEvent[]): Placed[] {
  const all = events.map((event): Placed => ({ event, message: messageOf(event), seq: event.seq }))
  const moved = events.flatMap((event) =>
    event.type === 'MessagesMovedHere'
      ? event.data.messages.map((message, index): Placed => ({ event, message, seq: event.data.seqs[index] ?? event.seq }))
      : [],
  )
  return moved.length ? [...all, ...moved].sort((a, b) => a.seq - b.seq) : all
}

/** Merging and splitting that have been undone: the conversation is as it was, and neither is told. */
function takenBack(events: readonly GoodwordEvent[]): ReadonlySet<number> {
  const undone = new Set<number>()
  const joined = new Map<string, number>()
  const split = new Map<string, number>()
  const both = (done: number | undefined, back: number) => {
    if (done !== undefined) undone.add(done).add(back)
  }
  for (const event of events) {
    if (event.type === 'MessagesSplitOff') split.set(event.data.into.id, event.seq)
    if (event.type === 'SplitUndone') both(split.get(event.data.into.id), event.seq)
    if (event.type === 'ConversationLeft') both(joined.get(event.data.source.id), event.seq)
    if (event.type === 'ConversationJoined') {
      joined.set(event.data.source.id, event.seq)
      // What was split off comes back by being merged: that is the undoing itself.
      if (split.has(event.data.source.id)) undone.add(event.seq)
    }
  }
  return undone
}

/**
 * Which message (`stream id`) isn't shown where: it was split off there, or has gone back to where it was. With both
 * streams in one time line it is shown once, as on the server (`conversations/spoken.py`).
 */
function movedAway(events: readonly GoodwordEvent[]): ReadonlySet<string> {
  const away = new Set<string>()
  for (const event of events) {
    if (event.type === 'MessagesSplitOff') event.data.message_ids.forEach((id) => away.add(`${event.stream} ${id}`))
    if (event.type !== 'SplitUndone') continue
    for (const id of event.data.message_ids) {
      away.delete(`${event.stream} ${id}`)
      away.add(`${event.data.into.id} ${id}`)
    }
  }
  return away
}

function grouped(items: Item[], event: GoodwordEvent, message: Message, seq: number): Item {
  const before = items.at(-1)
  const together =
    before?.kind === 'message' &&
    before.message.author.kind === message.author.kind &&
    before.message.author.id === message.author.id &&
    before.message.kind === message.kind &&
    before.event.type !== 'Whispered' &&
    event.type !== 'Whispered' &&
    message.at - before.message.at < GROUP_WITHIN
  if (together) before.last = false
  return { kind: 'message', key: message.id, event, message, seq, first: !together, last: true }
}

function isNotice(event: GoodwordEvent): event is NoticeEvent {
  if (event.type === 'StatusChanged') return event.data.status !== event.data.previous && !quiet(event)
  if (event.type === 'ScheduledReplyCancelled') return event.data.reason !== 'agent'
  // What is tried again is said at the reply itself.
  if (event.type === 'DeliveryFailed') return event.data.final
  if (event.type === 'ConversationOpened') return !!event.data.follows
  return KNOWN.has(event.type)
}

/**
 * An answer makes the conversation wait, a message of the customer opens it again: both are seen without words. What
 * merging and spam do to the state is said by their own notices.
 */
function quiet(event: Extract<GoodwordEvent, { type: 'StatusChanged' }>): boolean {
  const { status, previous, reason } = event.data
  const between = (one: string) => one === 'open' || one === 'waiting'
  return reason === 'merged' || reason === 'spam' || (between(status) && between(previous))
}
