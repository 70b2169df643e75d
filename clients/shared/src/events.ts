/**
 * The events of a conversation as the server sends them, in time lines and live feeds alike.
 *
 * Times are milliseconds since 1970 UTC. Sort a time line by `seq` and never infer gaps from it. An event may arrive
 * twice: whoever applies events remembers `seq`. A type that is not listed here comes from a newer server: ignore it.
 */

export type ActorKind = 'customer' | 'agent' | 'assistant' | 'system'
export type Status = 'open' | 'waiting' | 'snoozed' | 'closed'
export type Handler = 'assistant' | 'queue' | 'agent' | 'nobody'
export type Mood = 'calm' | 'displeased' | 'angry' | 'very_upset'
export type HandoverReason = 'asked' | 'repeated' | 'missed' | 'angry' | 'no_knowledge' | 'agent' | 'policy'

export interface Actor {
  kind: ActorKind
  id: string | null
  name: string
}

export interface Named {
  id: string
  name: string
}

export interface CustomerName extends Named {
  anonymous: boolean
}

export interface ChannelName extends Named {
  kind: string
}

export interface Attachment {
  id: string
  name: string
  content_type: string
  /** Bytes. */
  size: number
  /** Unguessable signed path on the same server. */
  url: string
}

export interface Source {
  article_id: string
  title: string
  heading: string
  url: string
}

export interface Choice {
  id: string
  label: string
}

export interface Message {
  id: string
  kind: 'message' | 'note'
  author: Actor
  text: string
  language: string | null
  at: number
  client_id: string | null
  attachments: Attachment[]
  /** Only on the assistant's messages. */
  sources: Source[]
  /** Only on the assistant's messages; answered by a message with `choice: id` and the label as text. */
  choices: Choice[]
  template: string | null
}

export interface SummaryLine {
  text: string
  message_id: string
}

export interface HandoverSummary {
  asked: SummaryLine[]
  tried: SummaryLine[]
  language: string | null
  facts: { name: string; value: string; message_id: string }[]
}

/** The `data` of each event type. */
export interface EventData {
  ConversationOpened: {
    conversation_id: string
    number: number
    channel: ChannelName
    customer: CustomerName
    language: string | null
    subject: string | null
    handler: Handler
  }
  MessageReceived: { message: Message }
  ReplyQueued: { message: Message; deliver_by: number | null }
  Delivered: { message_id: string; external_id: string | null }
  DeliveryFailed: { message_id: string; reason: string; final: boolean; retry_at: number | null }
  NoteAdded: { message: Message }
  MessageUnderstood: {
    message_id: string
    language: string | null
    wants_human: boolean
    mood: Mood | null
    topic: string | null
    complaint_kind: string | null
    urgency: string | null
    confidence: Record<string, number>
    /** The language of the whole conversation by now. */
    spoken: string | null
  }
  AssistantDecided: {
    message_id: string
    decision: 'answer' | 'ask_back' | 'hand_over' | 'unknown'
    rule: string
    trace: Record<string, unknown>
  }
  /** The customer's copy has no `summary`. */
  HandoverRequested: { reason: HandoverReason; summary?: HandoverSummary }
  Queued: { position: number; estimate_seconds: number | null }
  QueuePositionChanged: { position: number; estimate_seconds: number | null }
  LeftQueue: Record<string, never>
  NobodyAvailable: { expected_answer_seconds: number | null }
  Assigned: {
    agent: Named | null
    team: Named | null
    previous: Named | null
    reason: 'taken' | 'assigned' | 'routed' | 'released'
  }
  StatusChanged: {
    status: Status
    previous: Status
    until: number | null
    reason: 'agent' | 'customer_wrote' | 'timer' | 'reply' | 'handover'
  }
  HandlerChanged: { handler: Handler; previous: Handler }
  Tagged: { tag: string }
  Untagged: { tag: string }
  ReadByCustomer: { seq: number }
  ReadByAgent: { seq: number }
  CustomerRenamed: { customer: CustomerName }
  ConversationMoved: { customer: CustomerName; previous_id: string }
  AgentAvailabilityChanged: { agent: Named; availability: 'available' | 'away' | 'offline' }
  ArticlePublished: { article_id: string; [more: string]: unknown }
}

export type EventType = keyof EventData

interface Envelope<T extends EventType> {
  seq: number
  id: string
  type: T
  at: number
  /** What it is about: `cnv_…`, `agt_…` or `art_…`. */
  stream: string
  actor: Actor
  cause: string | null
  data: EventData[T]
}

/** One event; `switch (event.type)` narrows `event.data`. */
export type GoodwordEvent = { [T in EventType]: Envelope<T> }[EventType]

/** An error as RFC 9457 says it; `detail` is a sentence for the person, in his language. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  /** Whether the same request may succeed later. */
  retry: boolean
  /** Seconds. */
  retry_after?: number
  fields?: Record<string, string>
}
