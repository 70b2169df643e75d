/** One conversation on the screen: its events, its row and what follows from them. */

import type { GoodwordEvent, HandoverSummary, Intake, Message, Mood } from '@goodword/shared/events'
import type { ConversationPage, Customer, Draft, Row, ScheduledReply } from './model'
import { follow, type Deliveries, type Delivery } from './delivery'
import { withoutRemoved } from './removing'
import { applyToRow } from './row'

export interface Conversation {
  row: Row
  customer: Customer
  /** In the order of `seq`, each once. */
  events: readonly GoodwordEvent[]
  earlier: boolean
  /** The event behind which some are missing until the next that is here: one has gone to a place far back. */
  gap?: number | null
  draft: Draft | null
  scheduled: readonly ScheduledReply[]
  /** Its own id, and those of the conversations that were merged into it. */
  streams: readonly string[]
}

export const fromPage = (page: ConversationPage): Conversation => ({
  row: page.conversation,
  customer: page.customer,
  events: page.events,
  earlier: page.earlier,
  draft: page.draft,
  scheduled: page.scheduled,
  streams: page.streams,
})

/** The conversation after the events, as `me` sees it. Events of other streams and events seen before change nothing. */
export function applyToConversation(conversation: Conversation, events: readonly GoodwordEvent[], me = ''): Conversation {
  const seen = new Set(conversation.events.map((event) => event.seq))
  const fresh: GoodwordEvent[] = []
  for (const event of events) {
    if (!conversation.streams.includes(event.stream) || seen.has(event.seq)) continue
    seen.add(event.seq)
    fresh.push(event)
  }
  if (!fresh.length) return conversation
  fresh.sort((a, b) => a.seq - b.seq)
  const row = fresh.reduce((row, event) => applyToRow(row, event, me), conversation.row)
  const scheduled = fresh.reduce(applyToScheduled, conversation.scheduled)
  return { ...conversation, row, scheduled, customer: renamed(conversation.customer, row), events: withoutRemoved(merged(conversation.events, fresh), fresh) }
}

function applyToScheduled(scheduled: readonly ScheduledReply[], event: GoodwordEvent): readonly ScheduledReply[] {
  switch (event.type) {
    case 'ReplyScheduled': {
      const { scheduled_id: id, ...reply } = event.data
      const author = { id: event.actor.id ?? '', name: event.actor.name }
      const others = scheduled.filter((one) => one.id !== id)
      return [...others, { ...reply, id, author }].sort((a, b) => a.send_at - b.send_at)
    }
    case 'ReplyRescheduled': {
      const { scheduled_id: id, ...change } = event.data
      return scheduled.map((one) => (one.id === id ? { ...one, ...change } : one)).sort((a, b) => a.send_at - b.send_at)
    }
    case 'ScheduledReplyCancelled':
    case 'ScheduledReplySent':
      return scheduled.filter((one) => one.id !== event.data.scheduled_id)
    default:
      return scheduled
  }
}

/** Puts older events, fetched later, before those that are here. */
export function withEarlier(conversation: Conversation, older: readonly GoodwordEvent[], earlier: boolean): Conversation {
  const seen = new Set(conversation.events.map((event) => event.seq))
  const fresh = older.filter((event) => !seen.has(event.seq))
  return { ...conversation, events: withoutRemoved(merged(conversation.events, fresh), conversation.events), earlier }
}

/** Events from both sides of a place far back, `later` when there are more behind them. What was missing in between stays so. */
export function withPlace(conversation: Conversation, events: readonly GoodwordEvent[], earlier: boolean, later: boolean): Conversation {
  // Of two places far back the one before is forgotten: there is only one gap.
  const newest = { ...conversation, events: conversation.events.filter((event) => event.seq > (conversation.gap ?? 0)) }
  const next = newest.events[0]?.seq ?? 0
  const last = events.at(-1)?.seq ?? 0
  return { ...withEarlier(newest, events, earlier), gap: later && last < next ? last : null }
}

/** A part of what was missing: `all` says that there is no more of it on that side of the gap. */
export function withMissing(conversation: Conversation, events: readonly GoodwordEvent[], from: 'above' | 'below', all: boolean): Conversation {
  const { gap, earlier } = conversation
  if (gap == null) return conversation
  const reached = from === 'above' ? (events.at(-1)?.seq ?? gap) >= beyond(conversation) : (events[0]?.seq ?? 0) <= gap
  const rest = from === 'above' ? (events.at(-1)?.seq ?? gap) : gap
  return { ...withEarlier(conversation, events, earlier), gap: all || reached ? null : rest }
}

/** The first event behind the gap. */
export const beyond = ({ events, gap }: Conversation) => events.find((event) => event.seq > (gap ?? 0))?.seq ?? 0

/** Whether what happened at `at` is among the events that are missing. */
export const isMissing = (conversation: Conversation, at: number) =>
  (conversation.earlier && at < (conversation.events[0]?.seq ?? 0)) || (conversation.gap != null && at > conversation.gap && at < beyond(conversation))

function merged(here: readonly GoodwordEvent[], fresh: readonly GoodwordEvent[]): GoodwordEvent[] {
  return [...here, ...fresh].sort((a, b) => a.seq - b.seq)
}

function renamed(customer: Customer, row: Row): Customer {
  const { name, anonymous } = row.customer
  return customer.name === name && customer.anonymous === anonymous ? customer : { ...customer, name, anonymous }
}

/** What the time line needs to know about its messages beyond their words. */
export interface Reading {
  delivery: Deliveries
  moods: ReadonlyMap<string, Mood>
  decided: ReadonlySet<string>
  summary: HandoverSummary | null
  /** The problem as the customer has reported it part by part, when he has. */
  intake: Intake | null
  handover: Extract<GoodwordEvent, { type: 'HandoverRequested' }> | null
  /** A person of the staff has answered since the hand-over. */
  answered: boolean
  /** The newest event that an agent had read. */
  readByAgent: number
  /** The event by which somebody made it unread again; 0: it has been read since, or the customer has written. */
  markedUnread: number
  newest: number
  newestFromCustomer: number
  /** Client ids that the server has confirmed by an event. */
  confirmed: ReadonlySet<string>
}

export function read(events: readonly GoodwordEvent[]): Reading {
  const delivery = new Map<string, Delivery>()
  const moods = new Map<string, Mood>()
  const decided = new Set<string>()
  const confirmed = new Set<string>()
  const sent: { id: string; seq: number }[] = []
  let handover: Reading['handover'] = null
  let intake: Intake | null = null
  let answered = false
  let readByAgent = 0
  let markedUnread = 0
  let newestFromCustomer = 0

  for (const event of events) {
    const message = messageOf(event)
    if (message?.client_id) confirmed.add(message.client_id)
    follow(delivery, event, sent)
    switch (event.type) {
      case 'IntakeGiven':
        intake = event.data.intake
        break
      case 'MessageReceived':
        newestFromCustomer = event.seq
        markedUnread = 0
        break
      case 'ReplyQueued':
        answered ||= event.data.message.author.kind === 'agent' && !event.data.message.letter?.forwards
        break
      case 'ReadByAgent':
        readByAgent = Math.max(readByAgent, event.data.seq)
        markedUnread = 0
        break
      case 'MarkedUnread':
        readByAgent = event.data.seq
        markedUnread = event.seq
        break
      case 'MessageUnderstood':
        if (event.data.mood) moods.set(event.data.message_id, event.data.mood)
        break
      case 'AssistantDecided':
        decided.add(event.data.message_id)
        break
      case 'HandoverRequested':
        handover = event
        answered = false
        break
    }
  }
  const summary = handover?.data.summary ?? null
  const newest = events.at(-1)?.seq ?? 0
  return { delivery, moods, decided, summary, intake, handover, answered, readByAgent, markedUnread, newest, newestFromCustomer, confirmed }
}

export function messageOf(event: GoodwordEvent): Message | null {
  switch (event.type) {
    case 'MessageReceived':
    case 'ReplyQueued':
    case 'NoteAdded':
    case 'Whispered':
      return event.data.message
    default:
      return null
  }
}

/** By the id of each reply of the assistant: the message of the customer that it answers, of which one may ask why. */
export function questions(events: readonly GoodwordEvent[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  let decided: string | null = null
  for (const event of events) {
    if (event.type === 'AssistantDecided') decided = event.data.message_id
    if (decided && event.type === 'ReplyQueued' && event.data.message.author.kind === 'assistant') found.set(event.data.message.id, decided)
  }
  return found
}
