/** Which conversations a list holds, and in which order: the same as the server decides it, but for words (`q`). */

import type { Mood, Status } from '@goodword/shared/events'
import { PRIORITIES, type Priority, type Row, type Value, type View } from './model'

export const SORTS = ['newest', 'oldest', 'waiting', 'priority'] as const
export type Sort = (typeof SORTS)[number]

/** Every member narrows what the view holds; what is left out does not. */
export interface Filter {
  view?: View | undefined
  /** The id of a team or of an agent; `none`: nobody's; for an agent also `me`. */
  team?: string | undefined
  assignee?: string | undefined
  channel?: string | undefined
  /** Any of these. */
  mood?: readonly Mood[] | undefined
  tag?: string | undefined
  language?: string | undefined
  customer?: string | undefined
  status?: Status | undefined
  priority?: Priority | undefined
  fields?: Readonly<Record<string, Value>> | undefined
  /** Only where the customer waits for an answer. */
  waiting?: boolean | undefined
  sort?: Sort | undefined
  /** Words are the server's business. */
  q?: string | undefined
}

/** Whether the row is in the list of `filter` when the agent `me` looks. */
export function matches(row: Row, filter: Filter, me: string): boolean {
  return (
    belongs(row, filter.view ?? 'all', me) &&
    isOf(row.team?.id, filter.team, me) &&
    isOf(row.assignee?.id, filter.assignee, me) &&
    (!filter.channel || row.channel.id === filter.channel) &&
    (!filter.mood?.length || (row.mood !== null && filter.mood.includes(row.mood))) &&
    (!filter.tag || row.tags.includes(filter.tag)) &&
    (!filter.language || row.language === filter.language) &&
    (!filter.customer || row.customer.id === filter.customer) &&
    (!filter.status || row.status === filter.status) &&
    (!filter.priority || row.priority === filter.priority) &&
    (!filter.waiting || row.waiting_since !== null) &&
    Object.entries(filter.fields ?? {}).every(([key, value]) => String(row.fields[key] ?? '') === String(value))
  )
}

/** What was marked as spam is nowhere but there and among the closed; what was merged away is nowhere. */
export function belongs(row: Row, view: View, me: string): boolean {
  if (row.merged_into) return false
  if (view === 'spam') return row.spam
  if (view === 'closed') return row.status === 'closed'
  if (row.spam) return false
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
    case 'mentioned':
      return row.mentioned !== null
    case 'all':
      return row.status !== 'closed'
    case 'snoozed':
      return row.status === 'snoozed'
  }
}

/** Whether the row counts in the number beside the view: of mentions those that are new, and what is closed only as spam. */
export function counted(row: Row, view: View, me: string): boolean {
  if (!belongs(row, view, me)) return false
  if (view === 'mentioned') return row.mentioned === 'new'
  return view === 'spam' || row.status !== 'closed'
}

function isOf(id: string | undefined, wanted: string | undefined, me: string): boolean {
  if (!wanted) return true
  if (wanted === 'none') return id === undefined
  return id === (wanted === 'me' ? me : wanted)
}

/** What decides about a row's place in a list. */
export type Place = Pick<Row, 'last_at' | 'number' | 'waiting_since' | 'priority'>

/** The order of a list: below zero when `a` stands above `b`. */
export function order(sort: Sort = 'newest'): (a: Place, b: Place) => number {
  switch (sort) {
    case 'newest':
      return newest
    case 'oldest':
      return (a, b) => -newest(a, b)
    case 'waiting':
      return (a, b) => since(a) - since(b) || newest(a, b)
    case 'priority':
      return (a, b) => PRIORITIES.indexOf(b.priority) - PRIORITIES.indexOf(a.priority) || newest(a, b)
  }
}

const newest = (a: Place, b: Place) => b.last_at - a.last_at || b.number - a.number

/** Whoever does not wait comes after all who do. */
const since = (place: Place) => place.waiting_since ?? Number.MAX_SAFE_INTEGER
