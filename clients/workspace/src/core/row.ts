/** What one event does to a line of the inbox: the same as the server's own projection does. */

import type { GoodwordEvent, Message } from '@goodword/shared/events'
import type { Row, Value } from './model'

const PREVIEW = 140

/**
 * The row after the event. An event the row already contains (`seq` not above its own) changes nothing, so that
 * batches may overlap. Only the events of one conversation, in the order of their `seq`. `me` is whoever looks.
 */
export function applyToRow(row: Row, event: GoodwordEvent, me = ''): Row {
  if (event.stream !== row.id || event.seq <= row.seq) return row
  return { ...change(row, event, me), seq: event.seq }
}

function change(row: Row, event: GoodwordEvent, me: string): Row {
  switch (event.type) {
    case 'MessageReceived':
      return {
        ...spoken(row, event.data.message),
        // What comes into spam, or a machine answers, wakes nobody.
        waiting_since: row.spam ? null : isQuiet(row, event.data.message) ? row.waiting_since : (row.waiting_since ?? event.data.message.at),
        unread: row.spam ? 0 : row.unread + 1,
      }
    case 'ReplyQueued':
      return replied(row, event.data.message)
    case 'HandoverRequested':
      return { ...row, waiting_since: row.waiting_since ?? event.at }
    case 'MessageUnderstood':
      return { ...row, mood: event.data.mood ?? row.mood, language: event.data.spoken ?? row.language }
    case 'Assigned':
      return { ...row, assignee: event.data.agent, team: event.data.team ?? row.team }
    case 'TeamLeft':
      return { ...row, team: null }
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
      return { ...readTo(row, event.data.seq, event.actor.id === me), unread: event.data.unread ?? 0 }
    case 'MarkedUnread':
      return { ...row, unread: event.data.unread }
    case 'PriorityChanged':
      return { ...row, priority: event.data.priority }
    case 'FieldSet':
      return { ...row, fields: withField(row.fields, event.data.key, event.data.value) }
    case 'MarkedSpam':
      return { ...row, spam: true, handler: 'nobody', waiting_since: null, unread: 0 }
    case 'UnmarkedSpam':
      return { ...row, ...event.data.standing, spam: false }
    case 'ConversationMerged':
      return { ...row, merged_into: event.data.into }
    case 'ConversationUnmerged':
      return { ...row, ...event.data.standing, merged_into: null }
    case 'ConversationJoined':
    case 'ConversationLeft':
    case 'MessagesSplitOff':
    case 'MessagesMovedHere':
    case 'SplitUndone':
      return { ...row, ...event.data.standing }
    case 'MessageRemoved':
      return { ...row, preview: event.data.preview ?? row.preview, undelivered: row.undelivered === event.data.message_id ? null : row.undelivered }
    case 'DeliveryFailed':
      return event.data.final ? { ...row, undelivered: event.data.message_id } : row
    case 'Bounced':
      return { ...row, undelivered: event.data.message_id }
    case 'Delivered':
    case 'ReplyRequeued':
      return row.undelivered === event.data.message_id ? { ...row, undelivered: null } : row
    case 'RatingGiven':
      return { ...row, rating: event.data.score }
    case 'ReplyScheduled':
      return { ...row, scheduled: row.scheduled + 1 }
    case 'ScheduledReplyCancelled':
    case 'ScheduledReplySent':
      return { ...row, scheduled: Math.max(0, row.scheduled - 1) }
    case 'NoteAdded':
    case 'SideThreadSaid':
    case 'Whispered':
      return applyMention(row, event, me)
    case 'ConversationMoved':
    case 'CustomerRenamed':
      return { ...row, customer: event.data.customer }
    default:
      return row
  }
}

const isQuiet = (row: Row, { letter }: Message) =>
  row.preview !== null && ['reply', 'bounce', 'feedback'].includes(letter?.automatic ?? '')

/** The row of a conversation that shows `event`, by whom somebody may be called; to name oneself is no news. */
export function applyMention(row: Row, event: GoodwordEvent, me: string): Row {
  const mentions = 'message' in event.data ? (event.data.message as Message).mentions : undefined
  const isMe = event.actor.id !== me && mentions?.some((agent) => agent.id === me)
  return isMe && event.seq > (row.mention_seq ?? 0) ? { ...row, mentioned: 'new', mention_seq: event.seq } : row
}

function readTo(row: Row, seq: number, byMe: boolean): Row {
  const seen = byMe && row.mention_seq !== null && row.mention_seq <= seq
  return seen ? { ...row, mentioned: 'seen' } : row
}

export function withField(fields: Row['fields'], key: string, value: Value | null): Row['fields'] {
  const { [key]: _, ...others } = fields
  return value === null ? others : { ...others, [key]: value }
}

/** What the assistant says while a person is wanted answers nothing, nor does what goes to somebody else: the customer waits on. */
function replied(row: Row, message: Message): Row {
  const passedOn = !!message.letter?.forwards
  const byAgent = message.author.kind === 'agent' && !passedOn
  const answered = byAgent || (row.handler === 'assistant' && !passedOn)
  return {
    ...spoken(row, message),
    waiting_since: answered ? null : row.waiting_since,
    unread: byAgent ? 0 : row.unread,
    undelivered: byAgent ? null : row.undelivered,
  }
}

function spoken(row: Row, message: Message): Row {
  const { at } = message
  const kind = message.removed ? 'removed' : message.kind
  const line = message.text.replace(/\s+/g, ' ').trim() || message.letter?.subject || (message.attachments[0]?.name ?? '')
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
    priority: 'normal',
    fields: {},
    spam: false,
    rating: null,
    merged_into: null,
    mentioned: null,
    mention_seq: null,
    scheduled: 0,
    undelivered: null,
    seq: event.seq,
  }
}
