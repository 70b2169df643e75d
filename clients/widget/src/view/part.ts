import type { Chat } from '../core/chat'
import type { Desk } from '../core/desk'
import type { Storage } from '../core/storage'
import type { Format } from './format'

/** What every part of the panel is given. */
export interface Setting {
  chat: Chat
  format: Format
  storage: Storage
  desk: Desk
  /** Runs a further part of the widget. */
  load(part: string): Promise<void>
  /** The server, for paths in what it sent. */
  base: string
}

/** A part of the panel: its element, and how it comes up to date with the chat's state. */
export interface Part {
  element: HTMLElement
  draw(): void
}
