/**
 * The list never moves under the pointer. While it is held the rows stay in their places, change only their words,
 * and those that belong elsewhere by now stay as faded lines; what is newer is counted and waits.
 */

import type { Row } from './model'

export interface Held {
  /** The order on the screen. */
  ids: string[]
  /** The newest and the oldest `last_at` that the order on the screen covers. */
  from: number
  to: number
}

export interface Shown {
  ids: string[]
  /** In `ids`, but no longer in the view. */
  gone: ReadonlySet<string>
  /** How many conversations are newer than the order on the screen. */
  newer: number
}

export const take = (rows: readonly Row[]): Held => ({
  ids: rows.map((row) => row.id),
  from: rows[0]?.last_at ?? 0,
  to: rows.at(-1)?.last_at ?? 0,
})

/** What to show of `rows` (newest first) while `held` is held; `dismissed` were sent away by the person himself. */
export function show(held: Held, rows: readonly Row[], dismissed: ReadonlySet<string> = new Set()): Shown {
  const fresh = new Set(rows.map((row) => row.id))
  const known = new Set(held.ids)
  const ids = held.ids.filter((id) => !dismissed.has(id) || fresh.has(id))
  const older = rows.filter((row) => !known.has(row.id) && row.last_at <= held.to).map((row) => row.id)
  const newer = rows.filter((row) => row.last_at > held.from || (!known.has(row.id) && row.last_at > held.to)).length
  return { ids: [...ids, ...older], gone: new Set(ids.filter((id) => !fresh.has(id))), newer }
}
