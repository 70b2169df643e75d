import type { Identity } from '../core/session'
import type { Tray } from '../view/attach'
import type { Part, Setting } from '../view/part'

/** What the script tag and the page gave us; the launcher hands it to the chat. */
export interface Launched {
  /** Where the server is, without a slash at the end. */
  base: string
  channel: string
  language: string
  theme: 'auto' | 'light' | 'dark'
  color: string | null
  side: 'left' | 'right'
  nonce: string
  root: ShadowRoot
  /** Around button and panel; carries language, direction, theme and colours. */
  frame: HTMLElement
  button: HTMLButtonElement
  identity: Identity | null
  /** Runs a further part of the widget, by name. */
  load(part: string): Promise<void>
  /** Gives the button a colour, `#rrggbb`. */
  paint(color: string): void
  emit(name: EventName, detail?: unknown): void
  /** Shows how many messages wait, and `news` as the button's name. */
  unread(count: number, news?: string): void
}

export type EventName = 'open' | 'close' | 'ready' | 'message' | 'unread'

/** What the chat gives back. */
export interface Mounted {
  /** Begins the session without opening the panel. */
  start(): void
  open(): void
  close(): void
  identify(identity: Identity): void
  /** Takes the chat off the page for good. */
  end(): void
}

export interface PublicApi {
  open(): void
  close(): void
  /** Says who the visitor is; `signature` = hex HMAC-SHA256(channel secret, user_id), made by the page's server. */
  identify(identity: Identity): void
  /** The visitor has signed out: what this browser knows of him is gone, and the next chat is a stranger's. */
  forget(): void
  /** Listens to open, close, ready, message (a Message) and unread (a number); returns how to stop. */
  on(name: EventName, listener: (detail: unknown) => void): () => void
  /** Runs a call written before we were there: `(window.goodword ||= []).push(['open'])`. */
  push(call: [keyof PublicApi, ...unknown[]]): void
}

declare global {
  interface Window {
    goodword: PublicApi | Parameters<PublicApi['push']>[0][] | undefined
    /** Where the parts that are loaded later leave themselves. */
    goodwordParts:
      | {
          texts?: Record<string, string>
          mount?: (launched: Launched) => Mounted
          tray?: (setting: Setting, changed: () => void) => Tray
          contact?: (setting: Setting) => Part
        }
      | undefined
  }
}
