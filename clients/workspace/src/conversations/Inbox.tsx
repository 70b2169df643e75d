/** List and work side by side; on a phone one of them, with a way back. */

import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useCommand } from '@/app/commands'
import { useDesk, useTexts } from '@/app/context'
import type { InboxSearch } from '@/app/router'
import { neediest } from '@/core/inbox'
import type { Row, View } from '@/core/model'
import css from './Inbox.module.css'
import { List } from './List'
import { ListContext } from './listContext'
import { ListHead } from './ListHead'
import { useRows } from './useRows'

export function Inbox() {
  const { view, id } = useParams({ strict: false }) as { view: View; id?: string }
  const search = useSearch({ strict: false }) as InboxSearch
  const [touched, touch] = useState(false)
  const rows = useRows(view, search, touched || id !== undefined)
  const { t } = useTexts()
  const desk = useDesk()
  const navigate = useNavigate()

  const open = (row: Row | null | undefined) => {
    if (!row) return false
    void navigate({ to: '/inbox/$view/$id', params: { view, id: row.id }, search })
    return true
  }
  const step = (by: 1 | -1, from = id): Row | undefined => {
    const here = rows.rows.findIndex((row) => row.id === from)
    if (here < 0) return by === 1 ? rows.rows[0] : rows.rows.at(-1)
    return rows.rows[here + by]
  }

  useCommand('next', () => void open(step(1)))
  useCommand('previous', () => void open(step(-1)))
  useCommand('open', () => (id ? false : void open(rows.rows[0])))
  useCommand('neediest', () => {
    if (!open(neediest(rows.rows))) desk.say({ key: 'list.nobodyWaits' })
  })
  useCommand('showNewer', rows.refresh)
  useCommand('back', () => {
    if (!id) return false
    void navigate({ to: '/inbox/$view', params: { view }, search })
  })

  const leave = (from: string) => {
    if (!open(step(1, from) ?? step(-1, from))) void navigate({ to: '/inbox/$view', params: { view }, search })
  }
  const after = (from: string) => {
    const here = rows.rows.findIndex((row) => row.id === from)
    return rows.rows.slice(here + 1, here + 4).map((row) => row.id)
  }

  return (
    <ListContext value={{ view, search, leave, after }}>
      <div className={css.inbox} data-open={id !== undefined}>
        <section className={css.list} aria-label={t('list.label')}>
          <ListHead view={view} search={search} newer={rows.newer} onRefresh={rows.refresh} onNeediest={() => open(neediest(rows.rows))} />
          <List {...rows} view={view} search={search} selected={id} onTouch={touch} />
        </section>
        <main id="work" className={css.work} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </ListContext>
  )
}
