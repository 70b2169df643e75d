/**
 * The events of a conversation as the server sends them, in time lines and live feeds alike.
 *
 * Times are milliseconds since 1970 UTC. Sort a time line by `seq` and never infer gaps from it. An event may arrive
 * twice: whoever applies events remembers `seq`. A type that is not listed here comes from a newer server: ignore it.
 */

export type ActorKind = 'customer' | 'agent' | 'assistant' | 'system'
export type Status = 'open' | 'waiting' | 'snoozed' | 'closed'
export type Handler = 'assistant' | 'queue' | 'agent' | 'nobody'
export type Priority = 'low' | 'normal' | 'high' | 'urgent'
export type Mood = 'calm' | 'displeased' | 'angry' | 'very_upset'
export type RatingReason = 'slow' | 'unclear' | 'unsolved' | 'impolite' | 'other'
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

/** Another conversation, as people call it. */
export interface Numbered {
  id: string
  number: number
}

/** The newest message as a list shows it; `removed`: only that there was one. */
export interface Preview {
  text: string
  author_kind: ActorKind
  kind: 'message' | 'note' | 'removed'
  at: number
}

/** What a line of the inbox shows after messages came to a conversation, or left it, otherwise than one by one. */
export interface Standing {
  last_at: number
  waiting_since: number | null
  unread: number
  preview: Preview
  /** Replies that wait to be sent later. */
  scheduled: number
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

/** Something to look at and act on; a press on a button is answered like a choice. `image` and `url` may be empty. */
export interface Card {
  title: string
  text: string
  image: string
  url: string
  buttons: Choice[]
}

/** A problem as its customer reported it, part by part; what he has not said is empty. */
export interface Intake {
  what: string
  since: string
  wish: string
  order: string
  evidence: Attachment[]
  /** Parts he would rather not give. */
  skipped: string[]
  /** The part he was asked for last. */
  asked: string
  /** There is nothing left to ask. */
  done: boolean
}

/** Somebody as a letter names him; without an address where there was none to be read. */
export interface Party {
  address: string
  name: string
}

/** What a message has beyond its words where it came or goes as a letter. */
export interface Letter {
  subject: string
  sender: Party | null
  reply_to: Party | null
  to: Party[]
  cc: Party[]
  /** When it was written, as its sender says. */
  dated?: number | null
  /** Quoted text and signature. */
  folded: string
  /** What came in, as it came. */
  arrival_id: string | null
  /** `reply`, `notice`, `list`, `bounce`, `feedback`; empty: a person wrote it. */
  automatic: string
  /** `sender_check`: whoever sent it may not be who he says; empty: no doubt. */
  doubt: string
  /** The words go on in what came in. */
  shortened: boolean
  /** It has a form worth looking at. */
  written: boolean
  /** Who gets it without any other reader's knowing. */
  bcc?: Party[]
  /** The message that it passes on to somebody else; null: it answers. */
  forwards?: string | null
  /** Its sender knows of the conversation only because it was passed on to somebody: no answer goes there by itself. */
  outside?: boolean
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
  /** Missing in what was said before there were any. */
  cards?: Card[]
  /** Colleagues who are called by an `@`; only on notes and in side threads. */
  mentions?: Named[]
  /** Null, or missing: it is no letter. */
  letter?: Letter | null
  /** By whom, and when, its words and files were taken out of it. */
  removed?: { by: Actor; at: number } | null
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
  intake?: Intake | null
}

/** One thing that a rule or a macro does, with what belongs to it. */
export interface AutomationStep {
  do: string
  [more: string]: unknown
}

/** A condition of a rule as it was found to hold; `found` is what stood there. */
export interface RuleReason {
  field: string
  op: string
  value?: unknown
  key?: string
  found?: unknown
}

/** A step that could not be carried out: its place, and the code of the error. */
export interface RefusedStep {
  step: number
  code: string
  facts?: Record<string, unknown>
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
    /** The one whose thread goes on here, because it had been closed for too long. */
    follows?: Numbered | null
  }
  MessageReceived: { message: Message }
  ReplyQueued: { message: Message; deliver_by: number | null }
  /** `answer`: what the other side's server said when it took the message. */
  Delivered: { message_id: string; external_id: string | null; answer?: string }
  /** `detail`: the other side's own words. */
  DeliveryFailed: { message_id: string; reason: string; final: boolean; retry_at: number | null; detail?: string }
  /** It had been taken and came back. `status` as mail servers number it: `5.1.1`. */
  Bounced: { message_id: string; recipient: string; status: string; action: string; detail: string; arrival_id: string | null }
  /** Replies that a visitor had not fetched left as one mail. */
  CarriedOn: { message_ids: string[]; channel: ChannelName; recipient: string }
  /** Somebody has it sent once more. */
  ReplyRequeued: { message_id: string }
  NoteAdded: { message: Message }
  /** What it said is gone. `preview`: the line in lists, where that had shown it; `quoted_in`: letters that quoted it. */
  MessageRemoved: { message_id: string; kind: 'message' | 'note'; by_customer: boolean; preview?: Preview | null; quoted_in?: string[] }
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
  /** Everything the customer has said of his problem so far; the newest one counts. Staff only. */
  IntakeGiven: { intake: Intake }
  /** The customer's copy has no `summary`. */
  HandoverRequested: { reason: HandoverReason; summary?: HandoverSummary }
  Queued: { position: number; estimate_seconds: number | null; seldom_seconds?: number | null }
  QueuePositionChanged: { position: number; estimate_seconds: number | null; seldom_seconds?: number | null }
  LeftQueue: Record<string, never>
  /** `opens_at`: when somebody's shift begins. */
  NobodyAvailable: { expected_answer_seconds: number | null; opens_at?: number | null }
  Assigned: {
    agent: Named | null
    team: Named | null
    previous: Named | null
    /** `overflow`: its own team had no time; `returned`: `previous` is gone. */
    reason: 'taken' | 'assigned' | 'routed' | 'released' | 'overflow' | 'returned'
  }
  StatusChanged: {
    status: Status
    previous: Status
    until: number | null
    reason: 'agent' | 'customer_wrote' | 'timer' | 'reply' | 'handover' | 'merged' | 'spam' | 'undelivered'
  }
  HandlerChanged: { handler: Handler; previous: Handler }
  Tagged: { tag: string }
  Untagged: { tag: string }
  ReadByCustomer: { seq: number }
  /** `unread`: messages of the customer behind it that nobody has read. */
  ReadByAgent: { seq: number; unread?: number }
  /** Read only up to `seq` after all; `unread`: messages of the customer behind it. */
  MarkedUnread: { seq: number; unread: number }
  /** Its team is no more. */
  TeamLeft: { team: Named }
  PriorityChanged: { priority: Priority; previous: Priority }
  FieldSet: { key: string; value: string | number | boolean | null; previous: string | number | boolean | null }
  CustomerRenamed: { customer: CustomerName }
  ConversationMoved: { customer: CustomerName; previous_id: string }
  MarkedSpam: { blocked: boolean }
  UnmarkedSpam: { standing: Standing }
  /** On the source. */
  ConversationMerged: { into: Numbered; undone: boolean }
  /** On the target: from now on its time line shows the source's events, too. */
  ConversationJoined: { source: Numbered; messages: number; standing: Standing }
  /** On the source. */
  ConversationUnmerged: { from: Numbered; standing: Standing }
  /** On the target. */
  ConversationLeft: { source: Numbered; standing: Standing }
  /** On the old conversation: these messages are shown in `into`. */
  MessagesSplitOff: { into: Numbered; message_ids: string[]; standing: Standing }
  /** On the new one: each message with the `seq` under which it was said in `source`. */
  MessagesMovedHere: { source: Numbered; messages: Message[]; seqs: number[]; standing: Standing }
  /** On the old one: its messages are back; `into` is merged into it. */
  SplitUndone: { into: Numbered; message_ids: string[]; standing: Standing }
  SideThreadStarted: { thread_id: string; title: string; members: Named[] }
  /** Also in one that was closed: it is open again then. */
  SideThreadSaid: { thread_id: string; message: Message }
  SideThreadClosed: { thread_id: string }
  /** Sent only to those who may see it. */
  Whispered: { message: Message; to: Named }
  ReplyScheduled: {
    scheduled_id: string
    text: string
    send_at: number
    then: 'close' | 'snooze' | null
    until: number | null
    only_if_silent: boolean
    attachments: Attachment[]
    /** To whom it goes, where its writer chose. */
    letter?: Letter | null
  }
  /** It says something else now, or goes out at another time; `author` means it from now on. */
  ReplyRescheduled: { scheduled_id: string; text: string; send_at: number; author: Named }
  ScheduledReplyCancelled: { scheduled_id: string; reason: 'agent' | 'customer_wrote' | 'author_gone' | 'no_letters' }
  ScheduledReplySent: { scheduled_id: string; message_id: string }
  RatingAsked: { kind: 'csat' }
  RatingGiven: { kind: 'csat'; score: number; reason: RatingReason | null; text: string | null }
  CustomerBlocked: { until: number | null }
  CustomerUnblocked: Record<string, never>
  AgentAvailabilityChanged: { agent: Named; availability: 'available' | 'away' | 'offline' }
  /** Told to the agent alone. */
  PauseOffered: { agent: Named; conversation_id: string }
  PauseTaken: { agent: Named; until: number }
  PauseEnded: { agent: Named }
  /** What a rule did and why. `reverse`: the steps that take it back; empty where nothing can be. */
  RuleApplied: { rule: Named; why: RuleReason[]; steps: AutomationStep[]; refused?: RefusedStep[]; reverse?: AutomationStep[] }
  MacroApplied: { macro: Named; steps: AutomationStep[]; refused?: RefusedStep[]; reverse?: AutomationStep[] }
  /** `applied_id`: the event of what was taken back. */
  AutomationUndone: { applied_id: string; what: Named }
  /** A supervisor reads along. */
  ListenedIn: { agent: Named }
  AgentDutyChanged: { agent: Named; changed: string[] }
  TeamCreated: { team: Named; members: Named[] }
  TeamEdited: { team: Named; members: Named[] }
  TeamRemoved: { team: Named }
  TeamRestored: { team: Named; members: Named[] }
  RoutingChanged: { changed: string[] }
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
  /** Which of the faults of this code it is, where there are several. */
  reason?: string
  /** Whether the same request may succeed later. */
  retry: boolean
  /** Seconds. */
  retry_after?: number
  fields?: Record<string, string>
}
