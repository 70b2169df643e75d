/** What the server says about conversations, people and knowledge. Times are milliseconds since 1970 UTC. */

import type {
  ActorKind,
  Attachment,
  ChannelName,
  CustomerName,
  GoodwordEvent,
  Handler,
  Message,
  Mood,
  Named,
  Status,
} from '@goodword/shared/events'

export const ROLES = ['agent', 'senior', 'supervisor', 'editor', 'analyst', 'admin'] as const

export type Availability = 'available' | 'away' | 'offline'
export type Theme = 'auto' | 'light' | 'dark'

export const VIEWS = ['mine', 'unassigned', 'queue', 'assistant', 'all', 'snoozed', 'closed'] as const
export type View = (typeof VIEWS)[number]
export type Counts = Partial<Record<View, number>>

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
  preview: { text: string; author_kind: ActorKind; kind: 'message' | 'note'; at: number } | null
  last_at: number
  /** Since when the customer waits for an answer. */
  waiting_since: number | null
  snoozed_until: number | null
  /** Messages of the customer that no agent has read. */
  unread: number
  tags: string[]
  mood: Mood | null
  queued_at: number | null
  seq: number
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
  conversations: { id: string; number: number; status: Status; last_at: number; preview: unknown }[]
  orders: Order[]
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
}

export interface Canned {
  id: string
  key: string
  texts: Record<string, string>
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
}

export interface ChannelSetting {
  key: string
  type: 'text' | 'url' | 'color' | 'boolean' | 'number' | 'list'
  default: unknown
  required: boolean
  label: string
}

export interface ChannelKind {
  kind: string
  name: string
  /** `live`: customers reach it by the widget. `push`: systems post to it with a token. */
  capabilities: string[]
  settings_schema: ChannelSetting[]
}

export interface ApiToken {
  id: string
  name: string
  scopes: string[]
  last_used_at: number | null
  created_at: number
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
