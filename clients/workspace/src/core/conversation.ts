/** One conversation on the screen: its events, its row and what follows from them. */

import type { GoodwordEvent, HandoverSummary, Message, Mood } from '@goodword/shared/events'
import type { ConversationPage, Customer, Draft, Row } from './model'
import { applyToRow } from './row'

export interface Conversation {
  row: Row
  customer: Customer
  /** In the order of `seq`, each once. */
  events: readonly GoodwordEvent[]
  earlier: boolean
  draft: Draft | null
}

export const fromPage = (page: ConversationPage): Conversation => ({
  row: page.conversation,
  customer: page.customer,
  events: page.events,
  earlier: page.earlier,
  draft: page.draft,
})

/** The conversation after the events. Events of other streams and events seen before change nothing. */
export function applyToConversation(conversation: Conversation, events: readonly GoodwordEvent[]): Conversation {
  const seen = new Set(conversation.events.map((event) => event.seq))
  const fresh: GoodwordEvent[] = []
  for (const event of events) {
    if (event.stream !== conversation.row.id || seen.has(event.seq)) continue
    seen.add(event.seq)
    fresh.push(event)
  }
  if (!fresh.length) return conversation
  fresh.sort((a, b) => a.seq - b.seq)
  const row = fresh.reduce(applyToRow, conversation.row)
  return { ...conversation, row, customer: renamed(conversation.customer, row), events: merged(conversation.events, fresh) }
}

/** Puts older events, fetched later, before those that are here. */
export function withEarlier(conversation: Conversation, older: readonly GoodwordEvent[], earlier: boolean): Conversation {
  const seen = new Set(conversation.events.map((event) => event.seq))
  const fresh = older.filter((event) => !seen.has(event.seq))
  return { ...conversation, events: merged(conversation.events, fresh), earlier }
}

function merged(here: readonly GoodwordEvent[], fresh: readonly GoodwordEvent[]): GoodwordEvent[] {
  return [...here, ...fresh].sort((a, b) => a.seq - b.seq)
}

function renamed(customer: Customer, row: Row): Customer {
  const { name, anonymous } = row.customer
  return customer.name === name && customer.anonymous === anonymous ? customer : { ...customer, name, anonymous }
}

export type Delivery = 'queued' | 'delivered' | 'retrying' | 'failed' | 'read'

/** What the time line needs to know about its messages beyond their words. */
export interface Reading {
  delivery: ReadonlyMap<string, { state: Delivery; reason?: string }>
  moods: ReadonlyMap<string, Mood>
  decided: ReadonlySet<string>
  summary: HandoverSummary | null
  handover: Extract<GoodwordEvent, { type: 'HandoverRequested' }> | null
  /** A person of the staff has answered since the hand-over. */
  answered: boolean
  /** The newest event that an agent had read. */
  readByAgent: number
  newest: number
  newestFromCustomer: number
  /** Client ids that the server has confirmed by an event. */
  confirmed: ReadonlySet<string>
}

export function read(events: readonly GoodwordEvent[]): Reading {
  const delivery = new Map<string, { state: Delivery; reason?: string }>()
  const moods = new Map<string, Mood>()
  const decided = new Set<string>()
  const confirmed = new Set<string>()
  const sent: { id: string; seq: number }[] = []
  let handover: Reading['handover'] = null
  let answered = false
  let readByAgent = 0
  let newestFromCustomer = 0

  for (const event of events) {
    const message = messageOf(event)
    if (message?.client_id) confirmed.add(message.client_id)
    switch (event.type) {
      case 'MessageReceived':
        newestFromCustomer = event.seq
        break
      case 'ReplyQueued':
        sent.push({ id: event.data.message.id, seq: event.seq })
        answered ||= event.data.message.author.kind === 'agent'
        delivery.set(event.data.message.id, { state: 'queued' })
        break
      case 'Delivered':
        if (delivery.get(event.data.message_id)?.state !== 'read') {
          delivery.set(event.data.message_id, { state: 'delivered' })
        }
        break
      case 'DeliveryFailed':
        delivery.set(event.data.message_id, { state: event.data.final ? 'failed' : 'retrying', reason: event.data.reason })
        break
      case 'ReadByCustomer':
        for (const { id, seq } of sent) if (seq <= event.data.seq) delivery.set(id, { state: 'read' })
        break
      case 'ReadByAgent':
        readByAgent = Math.max(readByAgent, event.data.seq)
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
  return { delivery, moods, decided, summary, handover, answered, readByAgent, newest, newestFromCustomer, confirmed }
}

export function messageOf(event: GoodwordEvent): Message | null {
  const spoken = event.type === 'MessageReceived' || event.type === 'ReplyQueued' || event.type === 'NoteAdded'
  return spoken ? event.data.message : null
}

/** The message of the assistant that answers a message of the customer: its "why" is asked by the customer's message. */
export function answeredBy(events: readonly GoodwordEvent[], reply: GoodwordEvent): string | null {
  const before = events.filter((event) => event.seq < reply.seq)
  const decision = before.findLast((event) => event.type === 'AssistantDecided')
  return decision?.type === 'AssistantDecided' ? decision.data.message_id : null
}
