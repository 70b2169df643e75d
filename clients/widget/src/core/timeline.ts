import type { Attachment, Card, Choice, GoodwordEvent, Message, Source } from '@goodword/shared/events'
import type { OutboxItem, OwedMessage } from './outbox'
import { messageOf, type State } from './state'

export type DeliveryState = 'waiting' | 'sending' | 'failed' | 'sent' | 'read'

export interface MessageLine {
  kind: 'message'
  key: string
  from: 'customer' | 'agent' | 'assistant'
  name: string
  at: number
  text: string
  language: string | null
  attachments: readonly Attachment[]
  sources: readonly Source[]
  choices: readonly Choice[]
  cards: readonly Card[]
  /** Whether the choices still wait for an answer. */
  open: boolean
  /** Begins and ends a run of messages of one author. */
  first: boolean
  last: boolean
  /** Of our own messages only. */
  state: DeliveryState | null
  refused: string | null
}

export interface NoticeLine {
  kind: 'notice'
  key: string
  /** A key of the catalogue and what to fill in. */
  text: string
  name: string
}

export interface DayLine {
  kind: 'day'
  key: string
  at: number
}

export type Line = MessageLine | NoticeLine | DayLine

const RUN = 5 * 60_000
const ALONE = { open: false, first: true, last: true }

/** The time line as it is read, oldest first: what the server has, then what we still owe it. */
export function timeline(state: State): Line[] {
  const known = state.events.flatMap((event) => fromEvent(event, readByAgents(state)))
  const delivered = new Set(known.map(({ key }) => key))
  const owed = state.outbox
    .filter((item) => item.deed === 'message' && !delivered.has(item.client_id))
    .map((item) => fromOutbox(item as OwedMessage, state))
  return withDays(withRuns(withOpenChoices([...known, ...owed], state.outbox)))
}

function readByAgents(state: State): Map<string, number> {
  const seqs = new Map<string, number>()
  for (const event of state.events) {
    if (event.type === 'ReadByAgent') seqs.set(event.stream, Math.max(seqs.get(event.stream) ?? 0, event.data.seq))
  }
  return seqs
}

function fromEvent(event: GoodwordEvent, read: Map<string, number>): Exclude<Line, DayLine>[] {
  const message = messageOf(event)
  if (message && !message.removed) return [fromMessage(event, message, (read.get(event.stream) ?? 0) >= event.seq)]
  const text = message ? 'message.removed' : noticeText(event)
  const name = event.type === 'Assigned' ? (event.data.agent?.name ?? '') : ''
  return text ? [{ kind: 'notice', key: `n${event.seq}`, text, name }] : []
}

function noticeText(event: GoodwordEvent): string | null {
  switch (event.type) {
    case 'HandoverRequested':
      return event.data.reason === 'asked' ? 'notice.handover.asked' : 'notice.handover.passed'
    case 'Assigned':
      return event.data.agent && 'notice.joined'
    case 'NobodyAvailable':
      return 'notice.nobody'
    case 'StatusChanged':
      return event.data.status === 'closed' ? 'notice.closed' : null
    default:
      return null
  }
}

function fromMessage(event: GoodwordEvent, message: Message, read: boolean): MessageLine {
  const from = event.type === 'MessageReceived' ? 'customer' : event.actor.kind === 'assistant' ? 'assistant' : 'agent'
  return {
    kind: 'message',
    key: (from === 'customer' && message.client_id) || `m${message.id}`,
    from,
    name: message.author.name,
    at: message.at,
    text: message.text,
    language: message.language,
    attachments: message.attachments,
    sources: message.sources,
    choices: message.choices,
    cards: message.cards ?? [],
    state: from === 'customer' ? (read ? 'read' : 'sent') : null,
    refused: null,
    ...ALONE,
  }
}

function fromOutbox(item: OwedMessage, { line }: State): MessageLine {
  const away = line === 'offline' || line === 'lost'
  return {
    kind: 'message',
    key: item.client_id,
    from: 'customer',
    name: '',
    at: item.at,
    text: item.text,
    language: null,
    attachments: item.attachments,
    sources: [],
    choices: [],
    cards: [],
    state: item.refused !== null ? 'failed' : away ? 'waiting' : 'sending',
    refused: item.refused,
    ...ALONE,
  }
}

/** Only the newest message's choices are still a question, and not while an answer is on its way. */
function withOpenChoices<L extends Line>(lines: L[], outbox: readonly OutboxItem[]): L[] {
  const newest = lines.findLast((line) => line.kind === 'message')
  if (newest?.kind === 'message') newest.open = newest.choices.length > 0 && outbox.length === 0
  return lines
}

function withRuns<L extends Line>(lines: L[]): L[] {
  lines.forEach((line, i) => {
    const before = lines[i - 1]
    if (line.kind !== 'message' || before?.kind !== 'message') return
    const together = before.from === line.from && before.name === (line.name || before.name)
    if (together && line.at - before.at < RUN && day(line.at) === day(before.at)) line.first = before.last = false
  })
  return lines
}

function withDays(lines: Exclude<Line, DayLine>[]): Line[] {
  let today = ''
  return lines.flatMap((line): Line[] => {
    if (line.kind !== 'message' || day(line.at) === today) return [line]
    today = day(line.at)
    return [{ kind: 'day', key: `d${line.key}`, at: line.at }, line]
  })
}

function day(at: number): string {
  return new Date(at).toDateString()
}
