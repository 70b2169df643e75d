/** The marks that open a list while one writes: `/` macros, `{` fields, `@` colleagues, `#` conversations, `>` orders. */

import type { ComposeKind } from './model'

export type Mark = '/' | '{' | '@' | '#' | '>'

export interface Trigger {
  mark: Mark
  /** What was written after the mark. */
  word: string
  /** Where the mark stands. */
  start: number
}

// Chinese and Korean put no space before a mark.
const BEFORE = String.raw`(?<=^|[^\p{L}\p{N}]|[\p{Script=Han}\p{Script=Hangul}])`

const MARKS: { mark: Mark; kinds: readonly ComposeKind[]; pattern: RegExp }[] = [
  { mark: '/', kinds: ['reply'], pattern: /(?<=^|\s)\/([\p{L}\p{N}_-]*)$/u },
  { mark: '{', kinds: ['reply'], pattern: /\{([\p{L}_]*)$/u },
  { mark: '@', kinds: ['note'], pattern: new RegExp(`${BEFORE}@([\\p{L}\\p{N}._-]*)$`, 'u') },
  { mark: '#', kinds: ['note'], pattern: new RegExp(`${BEFORE}#([\\p{L}\\p{N}]*)$`, 'u') },
  // A quotation begins with `>` too: an order is meant only when its number follows at once.
  { mark: '>', kinds: ['reply', 'note'], pattern: /(?<=^|\s)>([\p{L}\p{N}][\p{L}\p{N}-]*)$/u },
]

/** The mark right before the caret with the word after it; null when there is none, or none of this kind of writing. */
export function triggerAt(text: string, caret: number, kind: ComposeKind): Trigger | null {
  const before = text.slice(0, caret)
  for (const { mark, kinds, pattern } of MARKS) {
    const found = kinds.includes(kind) && pattern.exec(before)
    if (found) return { mark, word: found[1]!, start: found.index }
  }
  return null
}

/** The text with what was chosen in place of the mark and its word, and where the caret stands then. */
export function replaced(text: string, caret: number, trigger: Trigger, chosen: string): { text: string; caret: number } {
  const rest = text.slice(caret)
  const gap = chosen && !/^[\s.,;:!?)]/.test(rest) && /[@#>]/.test(trigger.mark) ? ' ' : ''
  const before = text.slice(0, trigger.start) + chosen + gap
  return { text: before + rest, caret: before.length }
}

/** Who is named by `@Name` in a note: of two names that begin alike the longer one counts. */
export function mentioned<Person extends { id: string; name: string }>(text: string, people: readonly Person[]): Person[] {
  const longest = [...people].sort((a, b) => b.name.length - a.name.length)
  let rest = text
  const found = new Set<string>()
  for (const person of longest) {
    const parts = rest.split(`@${person.name}`)
    if (parts.length < 2 || !person.name) continue
    found.add(person.id)
    rest = parts.join('\u0000')
  }
  return people.filter((person) => found.has(person.id))
}
