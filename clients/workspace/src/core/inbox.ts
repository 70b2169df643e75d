/**
 * The inbox as the client knows it: every row it has seen, once, and the views as pure filters over them.
 *
 * `applyToInbox(snapshot, events)` equals the snapshot a server would give after the same events, for the rows it
 * knows. Rows it doesn't know are named in `unknown`, and whoever keeps the inbox fetches them.
 */

import type { GoodwordEvent } from '@goodword/shared/events'
import { counted, matches, order, type Filter, type Place } from './filter'
import { MOODS, VIEWS, type Counts, type Row } from './model'
import { applyMention, applyToRow, rowOpenedBy } from './row'

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

export function applyToInbox(inbox: Inbox, events: readonly GoodwordEvent[]): Inbox {
  const rows = new Map(inbox.rows)
  const unknown = new Set(inbox.unknown)
  let counts = inbox.counts
  for (const event of events) {
    if (!event.stream.startsWith('cnv_')) continue
    const before = rows.get(event.stream)
    const after = before ? applyToRow(before, event, inbox.me) : rowOpenedBy(event)
    if (after === null) unknown.add(event.stream)
    if (after === null || after === before) continue
    rows.set(after.id, after)
    counts = recount(counts, before, after, inbox.me)
    const shown = shownIn(rows, after)
    const called = shown && applyMention(shown, event, inbox.me)
    if (!called || called === shown) continue
    rows.set(called.id, called)
    counts = recount(counts, shown, called, inbox.me)
  }
  return { ...inbox, rows, unknown, counts }
}

/** The conversation in which a merged one is shown; null where it stands alone. */
function shownIn(rows: ReadonlyMap<string, Row>, row: Row): Row | null {
  let shown: Row | undefined = row
  while (shown?.merged_into) shown = rows.get(shown.merged_into.id)
  return shown && shown !== row ? shown : null
}

function recount(counts: Counts, before: Row | undefined, after: Row, me: string): Counts {
  let next = counts
  for (const view of VIEWS) {
    const was = before !== undefined && counted(before, view, me)
    const is = counted(after, view, me)
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

/** `upTo`: what stands below it in the list has not been fetched, so that showing one would leave a hole before it. */
export type Wanted = Filter & { upTo?: Place | undefined }

/** The rows of a list, in its order. Words (`q`) are searched by the server, never here. */
export function rowsOf(inbox: Inbox, wanted: Wanted): Row[] {
  const compare = order(wanted.sort)
  const found: Row[] = []
  for (const id of inbox.rows.keys()) {
    const row = rowOf(inbox, id)!
    if (!matches(row, wanted, inbox.me)) continue
    if (wanted.upTo && compare(row, wanted.upTo) > 0) continue
    found.push(row)
  }
  return found.sort(compare)
}

/** Whom to answer next: the most upset first, then whoever has waited longest. Null when nobody waits. */
export function neediest(rows: readonly Row[]): Row | null {
  const level = (row: Row) => MOODS.indexOf(row.mood ?? 'calm')
  const waiting = rows.filter((row) => row.waiting_since !== null && row.status !== 'closed')
  return waiting.sort((a, b) => level(b) - level(a) || a.waiting_since! - b.waiting_since!)[0] ?? null
}
