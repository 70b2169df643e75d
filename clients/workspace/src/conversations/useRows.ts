/** The rows of a view: fetched page by page, kept right by events, held still while the person reads. */

import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useDesk, useStore } from '@/app/context'
import { order } from '@/core/filter'
import { isHeld, show, take, type Held } from '@/core/held'
import { rowOf, rowsOf } from '@/core/inbox'
import type { Row, View } from '@/core/model'
import { filterOf, parameters, type InboxSearch } from '@/core/place'

export interface Rows {
  rows: Row[]
  gone: ReadonlySet<string>
  newer: number
  pending: boolean
  error: Error | null
  more: (() => void) | null
  /** Lets what is newer in. */
  refresh(): void
  /** Asks the server once more. */
  again(): void
  /** What list this is; another place is another list. */
  place: string
}

export function useRows(view: View, search: InboxSearch, holding: boolean): Rows {
  const desk = useDesk()
  const inbox = useStore(desk.inbox)
  const dismissed = useStore(desk.dismissed)
  const key = parameters(view, search)
  const pages = useInfiniteQuery({
    queryKey: ['inbox', key],
    queryFn: ({ pageParam, signal }) =>
      desk
        .page(`/conversations${parameters(view, search, { limit: 50, before: pageParam })}`, signal)
        .then((page) => ({ next: page.next, last: page.conversations.at(-1) })),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 60_000,
  })

  const filter = useMemo(() => filterOf(view, search), [key])
  const compare = order(filter.sort)
  const fresh = useMemo(() => {
    const last = pages.data?.pages.at(-1)
    return rowsOf(inbox, { ...filter, upTo: last?.next ? last.last : undefined })
  }, [inbox, filter, pages.data])

  const fetched = pages.data !== undefined
  const [held, hold] = useState<Held & { key: string }>({ ...take(fresh, fetched), key })
  const keeps = held.key === key && isHeld(held, holding)
  useEffect(() => {
    if (!keeps) hold({ ...take(fresh, fetched), key })
  }, [keeps, fresh, fetched, key])

  const shown = show(keeps ? held : take(fresh), fresh, dismissed, compare)
  return {
    rows: shown.ids.flatMap((id) => rowOf(inbox, id) ?? []),
    gone: shown.gone,
    newer: keeps ? shown.newer : 0,
    pending: pages.isPending,
    error: pages.error,
    more: pages.hasNextPage && !pages.isFetchingNextPage ? () => void pages.fetchNextPage() : null,
    refresh: () => hold({ ...take(fresh), key }),
    again: () => void pages.refetch(),
    place: key,
  }
}
