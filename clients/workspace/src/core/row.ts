/** What one event does to a line of the inbox: the same as the server's own projection does. */

import type { GoodwordEvent, Message } from '@goodword/shared/events'
import type { Row } from './model'

const PREVIEW = 140

/**
 * The row after the event. An event the row already contains (`seq` not above its own) changes nothing, so that
 * batches may overlap. Only the events of one conversation, in the order of their `seq`.
 */
export function applyToRow(row: Row, event: GoodwordEvent): Row {
  if (event.stream !== row.id || event.seq <= row.seq) return row
  return { ...change(row, event), seq: event.seq }
}

function change(row: Row, event: GoodwordEvent): Row {
  switch (event.type) {
    case 'MessageReceived':
      return {
        ...spoken(row, event.data.message),
        waiting_since: row.waiting_since ?? event.data.message.at,
        unread: row.unread + 1,
      }
    case 'ReplyQueued':
      return replied(row, event.data.message)
    case 'HandoverRequested':
      return { ...row, waiting_since: row.waiting_since ?? event.at }
    case 'MessageUnderstood':
      return { ...row, mood: event.data.mood ?? row.mood, language: event.data.spoken ?? row.language }
    case 'Assigned':
      return { ...row, assignee: event.data.agent, team: event.data.team ?? row.team }
    case 'StatusChanged':
      return {
        ...row,
        status: event.data.status,
        snoozed_until: event.data.until,
        ...(event.data.status === 'closed' ? { waiting_since: null, unread: 0 } : {}),
      }
    case 'HandlerChanged':
      return { ...row, handler: event.data.handler }
    case 'NobodyAvailable':
    case 'Queued':
      return { ...row, queued_at: row.queued_at ?? event.at }
    case 'LeftQueue':
      return { ...row, queued_at: null }
    case 'Tagged':
      return row.tags.includes(event.data.tag) ? row : { ...row, tags: [...row.tags, event.data.tag].sort() }
    case 'Untagged':
      return { ...row, tags: row.tags.filter((tag) => tag !== event.data.tag) }
    case 'ReadByAgent':
      return { ...row, unread: 0 }
    case 'ConversationMoved':
    case 'CustomerRenamed':
      return { ...row, customer: event.data.customer }
    default:
      return row
  }
}

/** What the assistant says while a person is wanted answers nothing: the customer waits on. */
function replied(row: Row, message: Message): Row {
  const byAgent = message.author.kind === 'agent'
  const answered = byAgent || row.handler === 'assistant'
  return {
    ...spoken(row, message),
    waiting_since: answered ? null : row.waiting_since,
    unread: byAgent ? 0 : row.unread,
  }
}

function spoken(row: Row, message: Message): Row {
  const { kind, at } = message
  const line = message.text.replace(/\s+/g, ' ').trim() || (message.attachments[0]?.name ?? '')
  const text = line.length <= PREVIEW ? line : `${line.slice(0, PREVIEW - 1)}…`
  return { ...row, preview: { text, author_kind: message.author.kind, kind, at }, last_at: Math.max(row.last_at, at) }
}

/** The row of a conversation that has just been opened, or null when the event opens none. */
export function rowOpenedBy(event: GoodwordEvent): Row | null {
  if (event.type !== 'ConversationOpened') return null
  const { number, channel, customer, language, subject, handler } = event.data
  return {
    id: event.stream,
    number,
    status: 'open',
    handler,
    customer,
    channel,
    language,
    assignee: null,
    team: null,
    subject,
    preview: null,
    last_at: event.at,
    waiting_since: null,
    snoozed_until: null,
    unread: 0,
    tags: [],
    mood: null,
    queued_at: null,
    seq: event.seq,
  }
}
