/** What the screens that are open right now offer to the palette: each contributes its own deeds while it is shown. */

import { useEffect, useEffectEvent } from 'react'

export interface PaletteAction {
  /** The same in every session, since the palette remembers what was chosen lately. */
  id: string
  /** In the person's language. */
  title: string
  /** A binding as in `core/keys`, shown beside the title. */
  keys?: string | undefined
  run: () => void
  /** What it acts upon; the palette shows the groups in this order. */
  group: 'selection' | 'conversation' | 'list' | 'go' | 'everywhere'
}

const offers: (() => PaletteAction[])[] = []

/** Offers actions as long as the caller is mounted; `list` is asked each time the palette opens. */
export function usePaletteActions(list: () => PaletteAction[]) {
  const latest = useEffectEvent(list)
  useEffect(() => {
    const mine = () => latest()
    offers.push(mine)
    return () => void offers.splice(offers.indexOf(mine), 1)
  }, [])
}

/** All that is offered now. When two screens offer the same, the one that came last has it. */
export function paletteActions(): PaletteAction[] {
  const byId = new Map(offers.flatMap((list) => list()).map((action) => [action.id, action]))
  return [...byId.values()]
}
