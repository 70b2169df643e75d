import type { Attachment, Card } from '@goodword/shared/events'
import type { Chat } from '../core/chat'
import type { Desk } from '../core/desk'
import type { Storage } from '../core/storage'
import type { Launched } from '../launcher/launched'
import type { Format } from './format'
import type { Kit } from './kit'

/** What every part of the panel is given. */
export interface Setting {
  chat: Chat
  format: Format
  storage: Storage
  desk: Desk
  launched: Launched
  /** Runs a further part of the widget. */
  load(part: string): Promise<void>
  /** Lays a style sheet on. */
  dress(css: string): void
  /** The server, for paths in what it sent. */
  base: string
}

/** A part of the panel: its element, and how it comes up to date with the chat's state. */
export interface Part {
  element: HTMLElement
  draw(): void
}

/** What the parts loaded later are given besides: the panel's own ways of drawing, and its views. */
export interface Inside extends Setting {
  kit: Kit
  go: Go
}

export type View = 'home' | 'log' | 'form'
export type FormName = 'ask' | 'intake'

/** Shows another view; a form says what comes after it. */
export interface Go {
  (view: 'home' | 'log'): void
  (view: 'form', name: FormName, then?: () => void): void
}

export type LaterPart = (inside: Inside) => Part
export type FormPart = (inside: Inside, name: FormName, done: () => void) => Part
export type MediaPart = (inside: Inside, media: readonly (Attachment | Card)[], grown: () => void) => HTMLElement[]
