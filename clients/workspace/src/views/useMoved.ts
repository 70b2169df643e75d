/** Counts that follow the events: exact for the rows that are here, asked again for the others. */

import { useEffect, useState } from 'react'
import { useDesk } from '@/app/context'
import { drift, type Counted } from '@/core/counting'

/** An answer may have been counted before or after an event that is heard beside it: in the end the server is asked. */
const SOON = 2_000
const LATER = 10_000

interface Asked {
  dataUpdatedAt: number
  refetch: () => unknown
}

/** By how much each of `views` has grown or shrunk since the server was `asked`. */
export function useMoved(views: readonly Counted[], asked: Asked): (id: string) => number {
  const desk = useDesk()
  const [moved, move] = useState<{ since: number; by: Record<string, number> }>({ since: 0, by: {} })
  const since = asked.dataUpdatedAt

  useEffect(() => {
    if (!views.length || !since) return
    let before = desk.inbox.get()
    let later: ReturnType<typeof setTimeout> | null = null
    const changed = () => {
      const { by, unsure } = drift(before, desk.inbox.get(), views, desk.me.id)
      before = desk.inbox.get()
      const moved = Object.keys(by).length > 0
      if (moved) move((old) => added(old, since, by))
      if (moved || unsure) later ??= setTimeout(() => void asked.refetch(), unsure ? SOON : LATER)
    }
    const end = desk.inbox.watch(changed)
    return () => {
      end()
      if (later) clearTimeout(later)
    }
  }, [desk, since, views.map((view) => view.id).join()])

  return (id) => (moved.since === since ? (moved.by[id] ?? 0) : 0)
}

function added(old: { since: number; by: Record<string, number> }, since: number, by: Record<string, number>) {
  const start = old.since === since ? old.by : {}
  const ids = new Set([...Object.keys(start), ...Object.keys(by)])
  return { since, by: Object.fromEntries([...ids].map((id) => [id, (start[id] ?? 0) + (by[id] ?? 0)])) }
}
