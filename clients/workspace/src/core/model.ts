/** What the server says about conversations, people and knowledge. Times are milliseconds since 1970 UTC. */

import type {
  ActorKind,
  Attachment,
  ChannelName,
  CustomerName,
  GoodwordEvent,
  Handler,
  Letter,
  Message,
  Mood,
  Named,
  Preview,
  Status,
} from '@goodword/shared/events'
import type { Filter } from './filter'

import type { Shifts, Standing } from './shifts'

export const ROLES = ['agent', 'senior', 'supervisor', 'editor', 'analyst', 'admin'] as const

export type Availability = 'available' | 'away' | 'offline'
export type Theme = 'auto' | 'light' | 'dark'

export const VIEWS = ['mine', 'unassigned', 'queue', 'assistant', 'mentioned', 'all', 'snoozed', 'spam', 'closed'] as const
export type View = (typeof VIEWS)[number]
export type Counts = Partial<Record<View, number>>

export const MOODS = ['calm', 'displeased', 'angry', 'very_upset'] as const satisfies readonly Mood[]

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof PRIORITIES)[number]
/** The value of a field of one's own. */
export type Value = string | number | boolean

/** A conversation as a line of the inbox. `seq` is the newest event that it contains. */
export interface Row {
  id: string
  number: number
  status: Status
  handler: Handler
  customer: CustomerName
  channel: ChannelName
  language: string | null
  assignee: Named | null
  team: Named | null
  subject: string | null
  preview: Preview | null
  last_at: number
  /** Since when the customer waits for an answer. */
  waiting_since: number | null
  snoozed_until: number | null
  /** Messages of the customer that no agent has read. */
  unread: number
  tags: string[]
  mood: Mood | null
  queued_at: number | null
  priority: Priority
  /** Fields of one's own, by key; what has no value is not there. */
  fields: Record<string, Value>
  spam: boolean
  /** From 1 to 5, as the customer gave it. */
  rating: number | null
  /** The conversation in which this one goes on. */
  merged_into: { id: string; number: number } | null
  /** Whether whoever looks was named in it, and has read that far; `mention_seq` is the newest event that names him. */
  mentioned: 'new' | 'seen' | null
  mention_seq: number | null
  /** Replies that wait to be sent later. */
  scheduled: number
  /** The newest reply that did not get there, as long as nobody has done anything about it. */
  undelivered: string | null
  seq: number
}

/** A field of one's own on conversations or customers. `options`: those of a choice. */
export interface Field {
  id: string
  key: string
  label: string
  kind: 'text' | 'number' | 'choice' | 'date' | 'checkbox'
  options: string[]
  on: 'conversation' | 'customer'
  position: number
}

/** A filter under a name. `count`: how many conversations it holds; null where words are searched. */
export interface SavedView {
  id: string
  name: string
  filter: Filter
  shared: boolean
  owner: Named
  mine: boolean
  count: number | null
}

/** How many conversations are open, by the ids of teams and channels and by mood; `none`: without one. */
export interface Slices {
  teams: Record<string, number>
  channels: Record<string, number>
  moods: Record<string, number>
}

/** A place where a search found something. `message_id` is null where the subject or the customer's name was it. */
export interface SearchResult {
  conversation: Row
  message_id: string | null
  seq: number
  at: number
  author: { kind: ActorKind; id: string | null; name: string }
  kind: 'message' | 'note' | 'subject' | 'customer'
  snippet: { text: string; hit: boolean }[]
}

export interface SearchPage {
  results: SearchResult[]
  next: string | null
}

export interface InboxPage {
  conversations: Row[]
  next: string | null
  cursor: string
  counts: Counts
}

export interface Order {
  number: string
  placed_at: number
  total: number
  currency: string
  status: string
  items: { name: string; quantity: number }[]
}

export interface OtherConversation {
  id: string
  number: number
  status: Status
  last_at: number
  preview: string
  rating?: number | null
  merged_into?: { id: string; number: number } | null
}

export interface Customer {
  id: string
  name: string
  email: string | null
  phone: string | null
  anonymous: boolean
  language: string | null
  city: string | null
  created_at: number
  identities: { id: string; kind: string; value: string; verified: boolean }[]
  attributes: Record<string, unknown>
  conversations: OtherConversation[]
  orders: Order[]
  tier?: 'standard' | 'plus' | 'vip'
  /** What he writes is kept as spam and answered by nobody. */
  blocked?: { at: number; until: number | null } | null
  /** Records that became part of this one and can be taken out again. */
  merges?: { id: string; from_id: string; name: string; reason: string; at: number }[]
}

export type ComposeKind = 'reply' | 'note'

export interface Draft {
  text: string
  kind: ComposeKind
}

export interface ConversationPage {
  conversation: Row
  customer: Customer
  /** The newest events, oldest first; `earlier` when there are more before them. */
  events: GoodwordEvent[]
  earlier: boolean
  cursor: string
  draft: Draft | null
  /** Replies that wait to be sent later, next first. */
  scheduled: ScheduledReply[]
  /** The conversations whose events stand in this time line: its own, and those that were merged into it. */
  streams: string[]
}

/** A reply of an agent that goes out at its time; `only_if_silent`: not when the customer writes before. */
export interface ScheduledReply {
  id: string
  author: Named
  text: string
  attachments: Attachment[]
  send_at: number
  then: 'close' | 'snooze' | null
  until: number | null
  only_if_silent: boolean
  /** Where its writer has addressed it himself. */
  letter?: Letter | null
}

export interface Me {
  id: string
  name: string
  email: string
  role: string
  rights: string[]
  languages: string[]
  language: string
  theme: Theme
  density: string
  availability: Availability
  teams: Named[]
  company: { name: string }
  /** Of a role that was made here; empty: a built-in one. */
  role_name: string
  /** Only what is not as usual. */
  preferences: Partial<Preferences>
}

export interface Sounds {
  on: boolean
  /** Of my own conversations. */
  messages: 'all' | 'risky' | 'none'
  assigned: boolean
  mentioned: boolean
  queue: boolean
  volume: number
}

/** How somebody likes his workspace. `keys`: bindings by command, where they differ from ours. */
export interface Preferences {
  keys: Record<string, string>
  sounds: Sounds
  quiet_hours: { from: string; to: string; time_zone: string } | null
  desktop: boolean
  motion: 'auto' | 'less'
  contrast: 'auto' | 'more'
  text_size: 'normal' | 'large' | 'larger'
  focus: boolean
}

export interface Agent {
  id: string
  name: string
  email: string
  role: string
  languages: string[]
  availability: Availability
  online: boolean
  load: number
  max_load: number
  teams: Named[]
  disabled: boolean
  skills: string[]
  /** At most so many at once, by kind of channel. */
  channel_loads: Record<string, number>
  /** His own; null: those of his team. */
  shifts: Shifts | null
  duty: Standing | null
  /** Of a role that was made here; empty: a built-in one. */
  role_name: string
  two_factor: boolean
}

/** For whom something of the staff's is kept. */
export type Scope = 'everyone' | 'team' | 'mine'

export interface Canned {
  id: string
  key: string
  texts: Record<string, string>
  scope: Scope
  team_id: string | null
  /** Whose it is alone, with the scope `mine`; nobody's otherwise. */
  owner: string
  /** How many replies that were sent it was put into. */
  used: number
}

export interface Channel {
  id: string
  kind: string
  name: string
  key: string
  settings: Record<string, unknown>
  disabled: boolean
  /** Signs identities and webhooks; told only to those who manage channels. */
  secret: string | null
  /** Told once, when the channel is made. */
  token?: string | null
  /** The address of the widget, where pages show one. */
  script?: string | null
  /** Those of its kind. */
  capabilities?: string[]
}

export interface ChannelSetting {
  key: string
  type: 'text' | 'url' | 'color' | 'boolean' | 'number' | 'list' | 'translated' | 'languages' | 'questions' | 'greetings' | 'secret' | 'choice'
  default: unknown
  required: boolean
  label: string
  /** Of a choice. */
  options?: { value: string; label: string }[]
}

export interface ChannelKind {
  kind: string
  name: string
  /**
   * `live`: customers reach it by the widget. `push`: systems post to it with a token. `mailbox`: it is set up by an
   * address. `letters`: what is said has sender, recipients and a subject.
   */
  capabilities: string[]
  settings_schema: ChannelSetting[]
}

export interface ApiToken {
  id: string
  name: string
  scopes: string[]
  last_used_at: number | null
  created_at: number
  /** Null: the terminal. */
  created_by: Named | null
  expires_at: number | null
  /** Whoever made it has left: it opens nothing. */
  disabled: boolean
}

/** An article in one language, as the list shows it. `changed`: something newer than what readers see waits. */
export interface ArticleRow {
  id: string
  language: string
  title: string
  status: string
  changed: boolean
}

/** An article opened in one language, with the other languages it has. `html` is rendered and cleaned by the server. */
export interface Article {
  article: { id: string; slug: string }
  language: string
  translation: { status: string; version: number; published_version: number | null }
  translations: { language: string; status: string }[]
  title: string
  body: string
  html: string
  url: string
}

export interface Passage {
  article_id: string
  title: string
  heading: string
  passage: string
  language: string
  score: number
  url: string
}

/** Why the assistant said what it said. */
export interface Trace {
  message_id: string
  decision: string
  rule: string
  understood: { language?: string; wants_human?: boolean; mood?: Mood | null; confidence?: number; ms?: number } | null
  looked_up: {
    article_id: string
    title: string
    heading: string
    text: string
    language: string
    score: number
    meaning: number
    words: number
    used: boolean
  }[]
  checks: { name: string; passed: boolean; detail: string }[]
  model: Record<string, unknown> | null
  ms: Record<string, number> | null
}

export type { Attachment, Message }
