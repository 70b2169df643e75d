/**
 * Which rows of a list are selected: those chosen one by one, and the range between an anchor and a head.
 *
 * The range is an interval of the list as it is ordered now, so that going back shortens it again.
 */

export interface Selection {
  chosen: ReadonlySet<string>
  anchor: string | null
  /** The end of the range that moves. */
  head: string | null
}

export const NONE: Selection = { chosen: new Set(), anchor: null, head: null }

/** The selected ids in the order of the list. Ids that have left the list are selected no longer. */
export function selected(selection: Selection, order: readonly string[]): string[] {
  const between = range(selection, order)
  return order.filter((id, index) => selection.chosen.has(id) || (index >= between[0] && index <= between[1]))
}

function range({ anchor, head }: Selection, order: readonly string[]): [number, number] {
  const from = anchor === null ? -1 : order.indexOf(anchor)
  const to = head === null ? -1 : order.indexOf(head)
  if (from < 0 || to < 0) return [0, -1]
  return from < to ? [from, to] : [to, from]
}

/** Chooses or lets go of one row; what is selected otherwise stays. */
export function toggled(selection: Selection, order: readonly string[], id: string): Selection {
  const chosen = new Set(selected(selection, order))
  if (!chosen.delete(id)) chosen.add(id)
  return { chosen, anchor: id, head: null }
}

/** The range from the anchor to `id`, as a click with Shift asks for. Without an anchor it begins at `from`. */
export function reached(selection: Selection, order: readonly string[], id: string, from?: string | undefined): Selection {
  const known = [selection.anchor, from].find((one) => one != null && order.includes(one))
  return { chosen: selection.chosen, anchor: known ?? id, head: id }
}

/** Moves the end of the range by one row. It begins at the row `from`, else with the first (or the last) row alone. */
export function extended(selection: Selection, order: readonly string[], by: 1 | -1, from?: string | undefined): Selection {
  if (!order.length) return selection
  const place = (id: string | null | undefined) => (id == null ? -1 : order.indexOf(id))
  const start = [selection.head, selection.anchor, from].find((id) => place(id) >= 0)
  if (start == null) {
    const edge = by === 1 ? order[0]! : order.at(-1)!
    return { ...selection, anchor: edge, head: edge }
  }
  const next = order[Math.min(order.length - 1, Math.max(0, place(start) + by))]!
  return { ...selection, anchor: place(selection.anchor) >= 0 ? selection.anchor : start, head: next }
}

export const everything = (order: readonly string[]): Selection => ({ chosen: new Set(order), anchor: null, head: null })
