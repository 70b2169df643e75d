/** The rows of a view: fetched page by page, kept right by events, held still while the person reads. */

import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useDesk, useStore } from '@/app/context'
import type { InboxSearch } from '@/app/router'
import { query } from '@/core/api'
import { show, take, type Held } from '@/core/held'
import { rowOf, rowsOf } from '@/core/inbox'
import type { Row, View } from '@/core/model'

export interface Rows {
  rows: Row[]
  gone: ReadonlySet<string>
  newer: number
  pending: boolean
  error: Error | null
  more: (() => void) | null
  /** Lets what is newer in. */
  refresh(): void
}

export function useRows(view: View, search: InboxSearch, holding: boolean): Rows {
  const desk = useDesk()
  const inbox = useStore(desk.inbox)
  const dismissed = useStore(desk.dismissed)
  const pages = useInfiniteQuery({
    queryKey: ['inbox', view, search],
    queryFn: ({ pageParam, signal }) =>
      desk
        .page(`/conversations${query({ view, ...search, limit: 50, before: pageParam })}`, signal)
        .then((page) => ({
          ids: page.conversations.map((row) => row.id),
          next: page.next,
          oldest: page.conversations.at(-1)?.last_at,
        })),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 60_000,
  })

  const fresh = useMemo(() => {
    const last = pages.data?.pages.at(-1)
    if (search.q) {
      const ids = pages.data?.pages.flatMap((page) => page.ids) ?? []
      return ids.flatMap((id) => rowOf(inbox, id) ?? [])
    }
    return rowsOf(inbox, { view, ...search, since: last?.next ? last.oldest : undefined })
  }, [inbox, view, search, pages.data])

  const key = `${view} ${JSON.stringify(search)}`
  const [held, hold] = useState<Held & { key: string }>({ ...take(fresh), key })
  const keeps = holding && held.key === key && held.ids.length > 0
  useEffect(() => {
    if (!keeps) hold({ ...take(fresh), key })
  }, [keeps, fresh, key])

  const shown = show(keeps ? held : take(fresh), fresh, dismissed)
  return {
    rows: shown.ids.flatMap((id) => rowOf(inbox, id) ?? []),
    gone: shown.gone,
    newer: keeps ? shown.newer : 0,
    pending: pages.isPending,
    error: pages.error,
    more: pages.hasNextPage && !pages.isFetchingNextPage ? () => void pages.fetchNextPage() : null,
    refresh: () => hold({ ...take(fresh), key }),
  }
}
