/** The time line of a person: what he wrote in every conversation, one after the other. */

import type { GoodwordEvent } from '@goodword/shared/events'

/** The events of several conversations as they happened, each once. */
export function interleaved(own: readonly GoodwordEvent[], others: readonly (readonly GoodwordEvent[])[]): GoodwordEvent[] {
  const seen = new Set(own.map((event) => event.seq))
  const found = [...own]
  for (const event of others.flat()) {
    if (seen.has(event.seq)) continue
    seen.add(event.seq)
    found.push(event)
  }
  return found.sort((a, b) => a.seq - b.seq)
}
