import type { EventData, GoodwordEvent, Handler, HandoverReason, Status } from '@goodword/shared/events'
import type { ConversationSnapshot } from './session'
import type { State } from './state'

type Known = Pick<State, 'events' | 'snapshot' | 'snapshotSeq'>

/** How the newest conversation stands, as far as its customer may know. */
export interface Conversation {
  id: string
  status: Status
  handler: Handler
  queue: { position: number; estimate: number | null; seldom: number | null } | null
  agent: string | null
  /** Nobody was there when a person was asked for; `expected` seconds until an answer. */
  nobody: { expected: number | null } | null
  reason: HandoverReason | null
}

/**
 * Folds events, sorted by seq, onto a snapshot taken at `snapshotSeq`. Older events only fill in what a snapshot does
 * not say (the estimated wait), so the result depends on which events are known, not on how they came.
 */
export function standing({ events, snapshot, snapshotSeq }: Known): Conversation | null {
  const before = events.filter((event) => event.seq <= snapshotSeq && event.stream === snapshot?.id)
  const after = events.filter((event) => event.seq > snapshotSeq)
  const start = snapshot && withSnapshot(before.reduce(step, blank(snapshot.id)), snapshot)
  return after.reduce<Conversation | null>(step, start)
}

function blank(id: string): Conversation {
  return { id, status: 'open', handler: 'assistant', queue: null, agent: null, nobody: null, reason: null }
}

function withSnapshot(known: Conversation, snapshot: ConversationSnapshot): Conversation {
  const { status, handler, queue_position: position, assignee } = snapshot
  return {
    ...known,
    status,
    handler,
    agent: assignee?.name ?? null,
    queue: position === null ? null : { estimate: null, seldom: null, ...known.queue, position },
    nobody: handler === 'nobody' ? (known.nobody ?? { expected: null }) : null,
  }
}

function step<C extends Conversation | null>(now: C, event: GoodwordEvent): C | Conversation {
  if (event.type === 'ConversationOpened') {
    return { ...blank(event.data.conversation_id), handler: event.data.handler }
  }
  if (!now || event.stream !== now.id) return now
  switch (event.type) {
    case 'StatusChanged':
      return { ...now, status: event.data.status }
    case 'HandlerChanged':
      return handledBy(now, event.data.handler)
    case 'HandoverRequested':
      return { ...now, reason: event.data.reason }
    case 'Queued':
    case 'QueuePositionChanged':
      return { ...now, queue: placeIn(event.data) }
    case 'LeftQueue':
      return { ...now, queue: null }
    case 'NobodyAvailable':
      return { ...now, queue: null, nobody: { expected: event.data.expected_answer_seconds } }
    case 'Assigned':
      return { ...now, agent: event.data.agent?.name ?? null, nobody: event.data.agent ? null : now.nobody }
    default:
      return now
  }
}

function placeIn({ position, estimate_seconds, seldom_seconds }: EventData['Queued']) {
  return { position, estimate: estimate_seconds, seldom: seldom_seconds ?? null }
}

function handledBy(now: Conversation, handler: Handler): Conversation {
  return {
    ...now,
    handler,
    queue: handler === 'queue' ? now.queue : null,
    nobody: handler === 'agent' || handler === 'assistant' ? null : now.nobody,
  }
}
