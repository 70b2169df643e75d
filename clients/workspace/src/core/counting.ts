/** How the counts of saved views move while events arrive. */

import { matches } from './filter'
import type { Inbox } from './inbox'
import type { SavedView } from './model'

export interface Drift {
  /** By how much each view has grown or shrunk. */
  by: Record<string, number>
  /** Conversations came in that were not here before: whether they were counted already only the server knows. */
  unsure: boolean
}

export type Counted = Pick<SavedView, 'id' | 'filter'>

/** Between two states of the inbox. What the person has only wished for is not counted. */
export function drift(before: Inbox, after: Inbox, views: readonly Counted[], me: string): Drift {
  const by: Record<string, number> = {}
  let unsure = false
  if (before.rows === after.rows) return { by, unsure }
  for (const [id, row] of after.rows) {
    const old = before.rows.get(id)
    if (old === row) continue
    if (!old) {
      unsure = true
      continue
    }
    for (const view of views) {
      const step = Number(matches(row, view.filter, me)) - Number(matches(old, view.filter, me))
      if (step) by[view.id] = (by[view.id] ?? 0) + step
    }
  }
  return { by, unsure }
}
