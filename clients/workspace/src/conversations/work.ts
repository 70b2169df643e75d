import { createContext, use } from 'react'

export type WorkSheet = 'merge' | 'transcript' | 'colleague' | 'whisper' | null

/** What the parts of an open conversation ask of each other. */
export interface Work {
  /** The messages that are chosen to be moved; null when nobody chooses. */
  chosen: ReadonlySet<string> | null
  choose(ids: ReadonlySet<string> | null): void
  open(sheet: WorkSheet): void
  /** Has it read again later, though it stays on the screen. */
  unread(): void
  /** Opens a side thread. */
  showThread(id: string): void
  /** Whether the time line shows all conversations of the person. */
  everything: boolean
  showEverything(on: boolean): void
}

export const WorkContext = createContext<Work | null>(null)

export function useWork(): Work {
  const work = use(WorkContext)
  if (!work) throw new Error('no conversation is open here')
  return work
}

/** Brings a message into view and marks it for a moment. */
export function find(id: string): boolean {
  const place = document.getElementById(id)
  if (!place) return false
  place.scrollIntoView({ block: 'center' })
  place.dataset['found'] = ''
  setTimeout(() => delete place.dataset['found'], 1600)
  return true
}
