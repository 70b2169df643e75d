import type { GoodwordEvent, Handler, Status } from '@goodword/shared/events'

/** Who the host page says its visitor is; `signature` = hex HMAC-SHA256(channel secret, user_id). */
export interface Identity {
  user_id: string
  email?: string
  name?: string
  signature: string
}

export interface Visitor {
  id: string
  name: string | null
  email: string | null
  anonymous: boolean
}

export interface Limits {
  text: number
  file_bytes: number
  file_types: string[]
  files_per_message: number
}

export interface Question {
  key: string
  label: string
  options: string[]
  required: boolean
}

export interface Config {
  company: string
  assistant_name: string
  language: string
  languages: string[]
  available: boolean
  reply_expectation: 'minutes' | 'hours' | 'days'
  greeting: string | null
  brand: { color: string | null; logo: string | null }
  help_url: string | null
  limits: Limits
  /** When people are there, in words. */
  hours: string
  articles: boolean
  intake: boolean
  rating: boolean
  /** What a visitor misses goes to his address. */
  by_mail: boolean
  /** What a stranger is asked before his first message. */
  questions: Question[]
}

export interface ConversationSnapshot {
  id: string
  number: number
  status: Status
  handler: Handler
  queue_position: number | null
  assignee: { name: string } | null
  last_read_seq: number
  unread: number
}

/** The answer to a session call: who we are, where the stream goes on, and how things stand there. */
export interface Session {
  token: string
  cursor: string
  customer: Visitor
  conversation: ConversationSnapshot | null
  /** The newest events the customer may see. */
  events: GoodwordEvent[]
  /** Whether there are older ones. */
  earlier: boolean
  config: Config
}
