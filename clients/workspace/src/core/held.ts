/**
 * The list never moves under the pointer. While it is held the rows stay in their places, change only their words,
 * and those that belong elsewhere by now stay as faded lines; what would come before or between is counted and waits.
 */

import { order, type Place } from './filter'
import type { Row } from './model'

export interface Held {
  /** The order on the screen. */
  ids: string[]
  /** The first and the last place that the order on the screen covers, as they were when it was taken. */
  first: Place | null
  last: Place | null
  /** Whether the list had been fetched by then. */
  whole: boolean
}

export interface Shown {
  ids: string[]
  /** In `ids`, but no longer in the view. */
  gone: ReadonlySet<string>
  /** How many conversations would stand above, or in between. */
  newer: number
}

export const take = (rows: readonly Row[], whole = true): Held => ({
  ids: rows.map((row) => row.id),
  first: rows[0] ?? null,
  last: rows.at(-1) ?? null,
  whole,
})

/** The few rows that are known before their list has come are no order to hold: all the others would be newer. */
export const isHeld = (held: Held, holding: boolean): boolean => holding && held.whole && held.ids.length > 0

/** What to show of `rows` (in their order) while `held` is held; `dismissed` were sent away by the person himself. */
export function show(
  held: Held,
  rows: readonly Row[],
  dismissed: ReadonlySet<string> = new Set(),
  compare: (a: Place, b: Place) => number = order(),
): Shown {
  const fresh = new Set(rows.map((row) => row.id))
  const known = new Set(held.ids)
  const ids = held.ids.filter((id) => !dismissed.has(id) || fresh.has(id))
  const above = (row: Row) => held.first !== null && compare(row, held.first) < 0
  const below = (row: Row) => held.last === null || compare(row, held.last) > 0
  const later = rows.filter((row) => !known.has(row.id) && below(row)).map((row) => row.id)
  const newer = rows.filter((row) => above(row) || (!known.has(row.id) && !below(row))).length
  return { ids: [...ids, ...later], gone: new Set(ids.filter((id) => !fresh.has(id))), newer }
}
