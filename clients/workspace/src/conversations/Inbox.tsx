/** List and work side by side; on a phone one of them, with a way back. */

import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Suspense, useEffect, useMemo, useState } from 'react'
import { part } from '@/app/part'
import { useCommand } from '@/app/commands'
import { useDesk, useTexts } from '@/app/context'
import { conversationQuery } from '@/app/queries'
import { neediest } from '@/core/inbox'
import type { Row, View } from '@/core/model'
import css from './Inbox.module.css'
import { List } from './List'
import { ListContext } from './listContext'
import { ListHead } from './ListHead'
import { useRows } from './useRows'
import { useSelection } from './useSelection'

const BulkBar = part(() => import('./BulkBar'))
const SearchResults = part(() => import('./SearchResults'))

/** Where the keys stop: a conversation, or a place in it that a search found. */
export interface Stop {
  id: string
  at?: number | undefined
}

export function Inbox() {
  const { view, id } = useParams({ strict: false }) as { view: View; id?: string }
  const search = useSearch({ from: '/inbox/$view' })
  const { at } = useSearch({ strict: false }) as { at?: number }
  const [touched, touch] = useState(false)
  const [found, find] = useState<Stop[]>([])
  const rows = useRows(view, search, touched || id !== undefined)
  const { t } = useTexts()
  const desk = useDesk()
  const navigate = useNavigate()
  const ids = useMemo(() => rows.rows.map((row) => row.id), [rows.rows])
  const selection = useSelection(search.q ? NOTHING : ids, id, rows.place)
  const stops: Stop[] = search.q ? found : rows.rows

  const open = (stop: Stop | Row | null | undefined) => {
    if (!stop) return false
    const where = 'at' in stop && stop.at ? { ...search, at: stop.at } : search
    void navigate({ to: '/inbox/$view/$id', params: { view, id: stop.id }, search: where })
    return true
  }
  const step = (by: 1 | -1, from = id): Stop | undefined => {
    const exact = stops.findIndex((stop) => stop.id === from && stop.at === at)
    const here = exact >= 0 ? exact : stops.findIndex((stop) => stop.id === from)
    if (here < 0) return by === 1 ? stops[0] : stops.at(-1)
    return stops[here + by]
  }
  const close = () => void navigate({ to: '/inbox/$view', params: { view }, search })

  useCommand('next', () => void open(step(1)))
  useCommand('previous', () => void open(step(-1)))
  useCommand('open', () => (id ? false : void open(stops[0])))
  useCommand('neediest', () => {
    if (!open(neediest(rows.rows))) desk.say({ key: 'list.nobodyWaits' })
  })
  useCommand('showNewer', rows.refresh)
  useCommand('back', () => (id ? close() : false))
  useFirstPrefetched(id === undefined && !search.q ? ids : NOTHING)

  const leave = (from: string) => {
    const next = stops.slice(stops.findIndex((stop) => stop.id === from) + 1).find((stop) => stop.id !== from)
    if (!open(next ?? step(-1, from))) close()
  }
  const after = (from: string) => {
    const later = stops.slice(stops.findIndex((stop) => stop.id === from) + 1).map((stop) => stop.id)
    return [...new Set(later)].filter((one) => one !== from).slice(0, 3)
  }

  return (
    <ListContext value={{ view, search, leave, after }}>
      <div className={css.inbox} data-open={id !== undefined}>
        <section className={css.list} aria-label={t('list.label')}>
          <ListHead
            view={view}
            search={search}
            newer={search.q ? 0 : rows.newer}
            onRefresh={rows.refresh}
            onNeediest={() => open(neediest(rows.rows))}
            onSelect={search.q ? null : selection.begin}
          />
          {search.q ? (
            <Suspense fallback={<div className={css.fill} aria-busy />}>
              <SearchResults key={search.q} q={search.q} view={view} search={search} opened={id} at={at} onFound={find} />
            </Suspense>
          ) : (
            <List key={rows.place} {...rows} view={view} search={search} opened={id} selection={selection} onTouch={touch} />
          )}
          {selection.on && (
            <Suspense>
              <BulkBar selection={selection} rows={rows.rows} />
            </Suspense>
          )}
        </section>
        <main id="work" className={css.work} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </ListContext>
  )
}

const NOTHING: string[] = []

/** Before one is opened the first three are likely; later the open one fetches those after it. */
function useFirstPrefetched(ids: readonly string[]) {
  const desk = useDesk()
  const first = ids.slice(0, 3).join(' ')
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const id of first.split(' ').filter(Boolean)) void desk.client.prefetchQuery(conversationQuery(desk, id))
    }, 600)
    return () => clearTimeout(timer)
  }, [first])
}
