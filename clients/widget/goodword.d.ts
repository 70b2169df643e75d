/**
 * `window.goodword`, as the widget offers it to the page. Copy this file, or refer to it:
 *
 *     /// <reference types="./goodword" />
 */

/** What your server says of who is signed in. */
export interface GoodwordIdentity {
  /** Yours; anything that never changes. */
  user_id: string
  /** Hex HMAC-SHA256 of `user_id` under the channel's secret, made by your server. */
  signature: string
  email?: string
  name?: string
}

export type GoodwordLanguage = 'en' | 'fr' | 'ko' | 'zh-Hans' | 'zh-Hant'

/** A message of the company's. Times in milliseconds since 1970 UTC. */
export interface GoodwordMessage {
  id: string
  author: { kind: 'agent' | 'assistant' | 'customer' | 'system'; id: string | null; name: string }
  text: string
  at: number
  language: string | null
}

/** What is told with each event. */
export interface GoodwordEvents {
  /** The visitor's session is there. */
  ready: undefined
  open: undefined
  close: undefined
  /** How many messages of the company's wait to be read. */
  unread: number
  message: GoodwordMessage
  rated: { score: 1 | 2 | 3 | 4 | 5; reason: string | null }
  greeting: { id: string; what: 'shown' | 'dismissed' | 'taken' }
}

export interface Goodword {
  open(): void
  close(): void
  toggle(): void
  /** Shows the button again after `hide`. */
  show(): void
  /** Takes button and panel out of sight; messages go on arriving. */
  hide(): void
  identify(identity: GoodwordIdentity): void
  /** Your user has signed out: what this browser knows of him is gone, and the next chat is a stranger's. */
  forget(): void
  /** Puts words into the box, for the visitor to send. */
  prefill(text: string): void
  /** Facts about the visitor for your staff to see; they count as claims. `null` takes one back. */
  setAttributes(values: Record<string, string | number | boolean | null>): void
  /** For this tab. */
  setLanguage(language: GoodwordLanguage): void
  /** Opens the form with which a problem is reported. */
  startIntake(): void
  /** Listens to an event; returns how to stop. */
  on<E extends keyof GoodwordEvents>(event: E, listener: (detail: GoodwordEvents[E]) => void): () => void
  off<E extends keyof GoodwordEvents>(event: E, listener: (detail: GoodwordEvents[E]) => void): void
  /** Runs a call that may come before the widget: `(window.goodword ||= []).push(['open'])`. */
  push(call: GoodwordCall): void
}

type Method = Exclude<keyof Goodword, 'push'>
export type GoodwordCall = { [M in Method]: [M, ...Parameters<Goodword[M]>] }[Method]

declare global {
  interface Window {
    goodword?: Goodword | GoodwordCall[]
  }
}
