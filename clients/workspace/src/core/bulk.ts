/** One deed to many conversations, asked for in one call and taken back by as few as it takes. */

import type { Named, Problem } from '@goodword/shared/events'
import { undoing, wished, type Deed } from './deeds'
import type { Row } from './model'

export type BulkDeed = Exclude<Deed, { name: 'takeOver' | 'giveBack' | 'field' | 'read' }> | { name: 'read' }

export interface BulkAnswer {
  done: Row[]
  refused: { id: string; problem: Problem }[]
}

/** What the server is asked for; never more ids than it takes at once. */
export const MOST = 200

export function askedOfMany(deed: BulkDeed): Record<string, unknown> {
  switch (deed.name) {
    case 'assign':
      return { name: 'assign', agent_id: deed.agent?.id ?? null, team_id: deed.team?.id ?? null }
    case 'spam':
      return { name: deed.on ? 'spam' : 'not_spam' }
    default:
      return { ...deed }
  }
}

export const wishedOfMany = (row: Row, deed: BulkDeed, me: Named): Partial<Row> =>
  deed.name === 'read' ? { unread: 0 } : wished(row, deed, me)

/** Whether the deed would change this row at all. */
export function changes(row: Row, deed: BulkDeed): boolean {
  switch (deed.name) {
    case 'read':
      return row.unread > 0
    case 'unread':
      return row.unread === 0
    case 'close':
      return row.status !== 'closed'
    case 'reopen':
      return row.status === 'closed' || row.status === 'snoozed'
    case 'priority':
      return row.priority !== deed.priority
    case 'spam':
      return row.spam !== deed.on
    case 'assign':
      return row.assignee?.id !== deed.agent?.id || (deed.team !== null && row.team?.id !== deed.team.id)
    case 'tag':
      return deed.add.some((tag) => !row.tags.includes(tag)) || deed.remove.some((tag) => row.tags.includes(tag))
    case 'snooze':
      return row.snoozed_until !== deed.until
  }
}

export interface Reversal {
  deed: BulkDeed
  ids: string[]
}

/** The deeds that lead each row back to where it stood; rows that take the same one go together. */
export function reversals(rows: readonly Row[], deed: BulkDeed): Reversal[] {
  const found = new Map<string, Reversal>()
  for (const row of rows) {
    const back = backOf(row, deed)
    if (!back || !changes(row, deed)) continue
    const key = JSON.stringify(back)
    const one = found.get(key) ?? { deed: back, ids: [] }
    found.set(key, { ...one, ids: [...one.ids, row.id] })
  }
  return [...found.values()]
}

/** A tag that stood there before is not taken away by the way back. Of what was read the last message is unread again. */
function backOf(row: Row, deed: BulkDeed): BulkDeed | null {
  if (deed.name === 'read') return { name: 'unread' }
  if (deed.name === 'unread') return { name: 'read' }
  if (deed.name !== 'tag') return undoing(row, deed) as BulkDeed | null
  return {
    name: 'tag',
    add: deed.remove.filter((tag) => row.tags.includes(tag)),
    remove: deed.add.filter((tag) => !row.tags.includes(tag)),
  }
}

/** Ids in portions that the server takes. */
export function portions(ids: readonly string[], size = MOST): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => ids.slice(index * size, (index + 1) * size))
}
