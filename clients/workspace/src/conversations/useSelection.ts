/** The selection of the list that is shown, and the keys that make it. */

import { useState } from 'react'
import { useCommand } from '@/app/commands'
import * as core from '@/core/selection'

export interface RowSelection {
  /** Rows are selected, or the person has asked to select some. */
  on: boolean
  ids: string[]
  has(id: string): boolean
  toggle(id: string): void
  /** As a click with Shift does. */
  reach(id: string): void
  all(): void
  clear(): void
  begin(): void
  /** The row that the keys have just reached, to be scrolled to. */
  head: string | null
}

/** `opened` is where the keys begin when nothing is selected yet. Another list (`key`) begins with nothing. */
export function useSelection(order: readonly string[], opened: string | undefined, key: string): RowSelection {
  const [kept, keep] = useState({ key, selection: core.NONE, asked: false })
  const { selection, asked } = kept.key === key ? kept : { selection: core.NONE, asked: false }
  const select = (next: core.Selection) => keep({ key, selection: next, asked })
  const ids = core.selected(selection, order)
  const chosen = new Set(ids)
  const on = ids.length > 0 || (asked && order.length > 0)
  const clear = () => keep({ key, selection: core.NONE, asked: false })
  const extend = (by: 1 | -1) => () => (order.length ? select(core.extended(selection, order, by, opened)) : false)
  const at = selection.head ?? selection.anchor ?? opened ?? order[0]

  useCommand('select', () => (at && order.length ? select(core.toggled(selection, order, opened ?? at)) : false))
  useCommand('selectNext', extend(1))
  useCommand('selectPrevious', extend(-1))
  useCommand('selectAll', () => (order.length ? select(core.everything(order)) : false))
  useCommand('back', () => (on ? clear() : false), 1)

  return {
    on,
    ids,
    has: (id) => chosen.has(id),
    toggle: (id) => select(core.toggled(selection, order, id)),
    reach: (id) => select(core.reached(selection, order, id, opened)),
    all: () => select(core.everything(order)),
    clear,
    begin: () => keep({ key, selection, asked: true }),
    head: selection.head,
  }
}
