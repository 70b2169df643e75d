/** Macros as the server tells of them: what would happen is asked of it, never reckoned here. */

import type { Scope } from './model'

export interface Macro {
  id: string
  name: string
  scope: Scope
}

export interface MacroPreview {
  /** Every step as a sentence in the person's language. */
  lines: string[]
  /** The reply with its fields filled; null when the macro says nothing. */
  text: string | null
  /** What the text is written in. */
  language: string | null
  empty: string[]
}

/** Names that begin with the word before those that hold it somewhere. */
export function fitting<Thing extends { name: string }>(all: readonly Thing[], word: string): Thing[] {
  const wanted = word.toLocaleLowerCase()
  const place = (one: Thing) => one.name.toLocaleLowerCase().replace(/[\s_-]+/g, '').indexOf(wanted.replace(/[_-]+/g, ''))
  return all.filter((one) => place(one) >= 0).sort((a, b) => Math.min(place(a), 1) - Math.min(place(b), 1) || a.name.localeCompare(b.name))
}
