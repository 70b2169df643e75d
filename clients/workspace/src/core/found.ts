/** What a search has found, gathered by conversation in the order of the best place of each. */

import type { Row, SearchResult } from './model'

export interface FoundConversation {
  row: Row
  hits: SearchResult[]
}

/** Rows may have moved on since: `now` gives them as they are. */
export function gathered(results: readonly SearchResult[], now: (row: Row) => Row): FoundConversation[] {
  const found = new Map<string, FoundConversation>()
  for (const hit of results) {
    const row = now(hit.conversation)
    const one = found.get(row.id) ?? { row, hits: [] }
    if (!one.hits.some((other) => other.seq === hit.seq && other.kind === hit.kind)) one.hits.push(hit)
    found.set(row.id, one)
  }
  return [...found.values()]
}

/** A snippet that begins shortly before the first words that were found, so that two lines are sure to show them. */
export function brought(snippet: SearchResult['snippet'], before = 24): SearchResult['snippet'] {
  const first = snippet.findIndex((piece) => piece.hit)
  const lead = snippet.slice(0, Math.max(0, first)).map((piece) => piece.text).join('')
  if (first < 0 || lead.length <= before * 2) return snippet
  const cut = lead.slice(-before)
  const word = cut.indexOf(' ')
  return [{ text: `…${word >= 0 && word < before / 2 ? cut.slice(word + 1) : cut}`, hit: false }, ...snippet.slice(first)]
}
