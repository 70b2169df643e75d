import type { Ink } from '../core/ink'
import type { Identity } from '../core/session'
import type { Tray } from '../view/attach'
import type { FormPart, MediaPart, Part, Setting } from '../view/part'

/** What the script tag and the page gave us; the launcher hands it to the chat. */
export interface Launched {
  /** The script's own address: paths that the server sends are meant from there. */
  src: string
  /** Where the server answers this channel's visitors, without a slash at the end. */
  api: string
  channel: string
  language: string
  theme: 'auto' | 'light' | 'dark'
  color: string | null
  side: 'left' | 'right'
  /** Around button and panel; carries language, direction, theme and colours. */
  frame: HTMLElement
  button: HTMLButtonElement
  identity: Identity | null
  /** Calls of the page's that wait for the chat. */
  calls: { push(call: [Call, unknown]): unknown }
  /** Measures colours. */
  ink: Ink
  /** What this tab remembers. */
  session: Record<string, string>
  /** Runs a further part of the widget, by name. */
  load(part: string): Promise<void>
  /** Lays a style sheet on. */
  dress(css: string): void
  /** Gives the button a colour, `#rrggbb`. */
  paint(color: string): void
  emit(name: EventName, detail?: unknown): void
  /** Shows how many messages wait, and `news` as the button's name. */
  unread(count: number, news?: string): void
}

export type EventName = 'open' | 'close' | 'ready' | 'message' | 'unread' | 'rated' | 'greeting'
export type Call = 'prefill' | 'setAttributes' | 'setLanguage' | 'startIntake'
export type Listener = (detail: unknown) => void

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

/** `window.goodword`; written out for pages in `goodword.d.ts`. */
export interface PublicApi {
  open(): void
  close(): void
  toggle(): void
  /** Shows the button again. */
  show(): void
  /** Takes button and panel out of sight. */
  hide(): void
  /** Says who the visitor is; `signature` = hex HMAC-SHA256(channel secret, user_id), made by the page's server. */
  identify(identity: Identity): void
  /** The visitor has signed out: what this browser knows of him is gone, and the next chat is a stranger's. */
  forget(): void
  /** Puts words into the box, for the visitor to send. */
  prefill(text: unknown): void
  /** Facts of the page about its visitor, shown to the staff; `null` takes one back. */
  setAttributes(values: unknown): void
  setLanguage(tag: unknown): void
  /** Opens the form for a problem. */
  startIntake(given?: unknown): void
  /** Listens to an event; returns how to stop. */
  on(name: EventName, listener: Listener): () => void
  off(name: EventName, listener: Listener): void
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
          greet?: (launched: Launched) => void
          tray?: (setting: Setting, changed: () => void) => Tray
          contact?: (setting: Setting) => Part
          rating?: (setting: Setting) => Part
          home?: (setting: Setting) => Part
          forms?: FormPart
          media?: MediaPart
        }
      | undefined
  }
}
