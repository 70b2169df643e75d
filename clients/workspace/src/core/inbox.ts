/**
 * The inbox as the client knows it: every row it has seen, once, and the views as pure filters over them.
 *
 * `applyToInbox(snapshot, events)` equals the snapshot a server would give after the same events, for the rows it
 * knows. Rows it doesn't know are named in `unknown`, and whoever keeps the inbox fetches them.
 */

import type { GoodwordEvent } from '@goodword/shared/events'
import { VIEWS, type Counts, type Row, type View } from './model'
import { applyToRow, rowOpenedBy } from './row'

export interface Inbox {
  me: string
  rows: ReadonlyMap<string, Row>
  /** What this client has just asked for and not yet been told: laid over the rows until the server answers. */
  overlay: ReadonlyMap<string, Partial<Row>>
  counts: Counts
  /** Conversations that events spoke of and no row is here for. */
  unknown: ReadonlySet<string>
}

export const emptyInbox = (me: string): Inbox => ({
  me,
  rows: new Map(),
  overlay: new Map(),
  counts: {},
  unknown: new Set(),
})

export function belongs(row: Row, view: View, me: string): boolean {
  const open = row.status === 'open' || row.status === 'waiting'
  switch (view) {
    case 'mine':
      return open && row.assignee?.id === me
    case 'unassigned':
      return open && row.assignee === null && row.handler !== 'assistant'
    case 'queue':
      return row.queued_at !== null
    case 'assistant':
      return open && row.handler === 'assistant'
    case 'all':
      return row.status !== 'closed'
    case 'snoozed':
      return row.status === 'snoozed'
    case 'closed':
      return row.status === 'closed'
  }
}

export function applyToInbox(inbox: Inbox, events: readonly GoodwordEvent[]): Inbox {
  const rows = new Map(inbox.rows)
  const unknown = new Set(inbox.unknown)
  let counts = inbox.counts
  for (const event of events) {
    if (!event.stream.startsWith('cnv_')) continue
    const before = rows.get(event.stream)
    const after = before ? applyToRow(before, event) : rowOpenedBy(event)
    if (after === null) unknown.add(event.stream)
    if (after === null || after === before) continue
    rows.set(after.id, after)
    counts = recount(counts, before, after, inbox.me)
  }
  return { ...inbox, rows, unknown, counts }
}

function recount(counts: Counts, before: Row | undefined, after: Row, me: string): Counts {
  let next = counts
  for (const view of VIEWS) {
    const was = before !== undefined && belongs(before, view, me)
    const is = belongs(after, view, me)
    if (was === is || counts[view] === undefined) continue
    next = { ...next, [view]: Math.max(0, (next[view] ?? 0) + (is ? 1 : -1)) }
  }
  return next
}

/** Takes in rows that the server sent. A row that events have already carried further stays as it is. */
export function mergeRows(inbox: Inbox, fresh: readonly Row[], counts?: Counts): Inbox {
  const rows = new Map(inbox.rows)
  const unknown = new Set(inbox.unknown)
  for (const row of fresh) {
    unknown.delete(row.id)
    if ((rows.get(row.id)?.seq ?? -1) <= row.seq) rows.set(row.id, row)
  }
  return { ...inbox, rows, unknown, counts: counts ?? inbox.counts }
}

export function overlay(inbox: Inbox, id: string, change: Partial<Row> | null): Inbox {
  const next = new Map(inbox.overlay)
  if (change) next.set(id, { ...next.get(id), ...change })
  else next.delete(id)
  return { ...inbox, overlay: next }
}

export function rowOf(inbox: Inbox, id: string): Row | undefined {
  const row = inbox.rows.get(id)
  const wished = inbox.overlay.get(id)
  return row && wished ? { ...row, ...wished } : row
}

export interface Filter {
  view: View
  q?: string | undefined
  tag?: string | undefined
  channel?: string | undefined
  /** Rows older than this have not been fetched, so that showing one would leave a hole before it. */
  since?: number | undefined
}

/** The rows of a view, newest first. Words (`q`) are searched by the server, never here. */
export function rowsOf(inbox: Inbox, filter: Filter): Row[] {
  const found: Row[] = []
  for (const id of inbox.rows.keys()) {
    const row = rowOf(inbox, id)!
    if (!belongs(row, filter.view, inbox.me)) continue
    if (filter.tag && !row.tags.includes(filter.tag)) continue
    if (filter.channel && row.channel.id !== filter.channel) continue
    if (filter.since !== undefined && row.last_at < filter.since) continue
    found.push(row)
  }
  return found.sort((a, b) => b.last_at - a.last_at || (a.id < b.id ? 1 : -1))
}

const MOODS = ['calm', 'displeased', 'angry', 'very_upset']

/** Whom to answer next: the most upset first, then whoever has waited longest. Null when nobody waits. */
export function neediest(rows: readonly Row[]): Row | null {
  const level = (row: Row) => MOODS.indexOf(row.mood ?? 'calm')
  const waiting = rows.filter((row) => row.waiting_since !== null && row.status !== 'closed')
  return waiting.sort((a, b) => level(b) - level(a) || a.waiting_since! - b.waiting_since!)[0] ?? null
}
