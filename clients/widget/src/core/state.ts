import type { ActorKind, GoodwordEvent, Message } from '@goodword/shared/events'
import type { Items } from './outbox'
import type { Config, ConversationSnapshot, Session, Visitor } from './session'

/** How the line to the server is: `polling` works too, only slower. */
export type LineState = 'idle' | 'connecting' | 'live' | 'polling' | 'lost' | 'offline'

export interface Typist {
  name: string
  kind: ActorKind
}

/**
 * Everything the widget knows. What the screen shows is derived from this (`conversation.ts`, `timeline.ts`), and this
 * depends only on the *set* of events received: neither their order nor their repetition matters.
 */
export interface State {
  config: Config | null
  customer: Visitor | null
  snapshot: ConversationSnapshot | null
  /** The newest seq the snapshot knew. */
  snapshotSeq: number
  /** Sorted by seq, each once. */
  events: readonly GoodwordEvent[]
  earlier: boolean
  outbox: Items
  line: LineState
  typist: Typist | null
  /** The newest seq shown to the visitor's eyes on this device. */
  seen: number
  /** Why there is no chat at all, in the person's language. */
  unavailable: string | null
}

export type Change =
  | { type: 'session'; session: Session }
  | { type: 'events'; events: readonly GoodwordEvent[] }
  | { type: 'earlier'; events: readonly GoodwordEvent[]; earlier: boolean }
  | { type: 'outbox'; items: Items }
  | { type: 'line'; line: LineState }
  | { type: 'typing'; typist: Typist | null }
  | { type: 'customer'; customer: Visitor }
  | { type: 'config'; config: Config }
  | { type: 'seen'; seq: number }
  | { type: 'unavailable'; why: string | null }

export const nothingYet: State = {
  config: null,
  customer: null,
  snapshot: null,
  snapshotSeq: 0,
  events: [],
  earlier: false,
  outbox: [],
  line: 'idle',
  typist: null,
  seen: 0,
  unavailable: null,
}

export function reduce(state: State, change: Change): State {
  switch (change.type) {
    case 'session':
      return begin(state, change.session)
    case 'events':
      return hush({ ...state, events: union(state.events, change.events) }, change.events)
    case 'earlier':
      return { ...state, events: union(change.events, state.events), earlier: change.earlier }
    case 'outbox':
      return { ...state, outbox: change.items }
    case 'line':
      return { ...state, line: change.line }
    case 'typing':
      return { ...state, typist: change.typist }
    case 'customer':
      return { ...state, customer: change.customer }
    case 'config':
      return { ...state, config: change.config }
    case 'seen':
      return { ...state, seen: Math.max(state.seen, change.seq) }
    case 'unavailable':
      return { ...state, unavailable: change.why }
  }
}

/** A session replaces what we knew: between it and older events there may be a gap. */
function begin(state: State, { config, customer, conversation, events, earlier }: Session): State {
  const same = state.customer?.id === customer.id
  const fresh = union([], events)
  return {
    ...state,
    config,
    customer,
    earlier,
    snapshot: conversation,
    snapshotSeq: fresh.at(-1)?.seq ?? 0,
    events: fresh,
    seen: Math.max(same ? state.seen : 0, conversation?.last_read_seq ?? 0),
    typist: null,
    unavailable: null,
  }
}

/** Both lists' events, sorted by seq, each once. Returns `known` itself when there is nothing new. */
export function union(known: readonly GoodwordEvent[], more: readonly GoodwordEvent[]): readonly GoodwordEvent[] {
  const seqs = new Set(known.map((event) => event.seq))
  const fresh = more.filter(({ seq }) => !seqs.has(seq) && seqs.add(seq))
  return fresh.length ? [...known, ...fresh].sort((a, b) => a.seq - b.seq) : known
}

/** Whoever was typing has said it. */
function hush(state: State, events: readonly GoodwordEvent[]): State {
  const said = events.some((event) => event.type === 'ReplyQueued' && event.actor.kind === state.typist?.kind)
  return said ? { ...state, typist: null } : state
}

/** The message an event brings, if it brings one the customer may see. */
export function messageOf(event: GoodwordEvent): Message | null {
  return event.type === 'MessageReceived' || event.type === 'ReplyQueued' ? event.data.message : null
}

/** The ids under which our own messages went out, of those the server has. */
export function acknowledged(events: readonly GoodwordEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'MessageReceived' && event.data.message.client_id) || [])
}

/** The seq up to which the customer has read, here or elsewhere. */
export function readUpTo(state: State): number {
  return state.events.reduce(
    (seq, event) => (event.type === 'ReadByCustomer' ? Math.max(seq, event.data.seq) : seq),
    state.seen,
  )
}

/** How many messages of the company's the customer has not read. */
export function unread(state: State): number {
  const read = readUpTo(state)
  return state.events.filter(({ type, seq }) => type === 'ReplyQueued' && seq > read).length
}

/** The newest message of the company's that waits to be read, or 0. */
export function newestUnread(state: State): number {
  const newest = state.events.findLast(({ type }) => type === 'ReplyQueued')?.seq ?? 0
  return newest > readUpTo(state) ? newest : 0
}
