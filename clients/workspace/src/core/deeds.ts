/** What an agent does to a conversation: asked of the server, drawn at once, and undone by another deed. */

import type { Named } from '@goodword/shared/events'
import type { Priority, Row, Value } from './model'
import { withField } from './row'

export type Deed =
  | { name: 'close' }
  | { name: 'reopen' }
  | { name: 'snooze'; until: number }
  | { name: 'takeOver' }
  | { name: 'giveBack' }
  | { name: 'assign'; agent: Named | null; team: Named | null }
  | { name: 'tag'; add: string[]; remove: string[] }
  | { name: 'priority'; priority: Priority }
  | { name: 'spam'; on: boolean }
  | { name: 'read'; seq: number }
  | { name: 'unread' }
  | { name: 'field'; key: string; value: Value | null }

/** The path below the conversation and the body that ask for the deed. */
export function asked(deed: Deed): { path: string; body: unknown } {
  switch (deed.name) {
    case 'close':
    case 'reopen':
    case 'unread':
      return { path: deed.name, body: {} }
    case 'read':
      return { path: 'read', body: { seq: deed.seq } }
    case 'snooze':
      return { path: 'snooze', body: { until: deed.until } }
    case 'takeOver':
      return { path: 'take-over', body: {} }
    case 'giveBack':
      return { path: 'give-back', body: {} }
    case 'assign':
      return { path: 'assign', body: { agent_id: deed.agent?.id ?? null, team_id: deed.team?.id ?? null } }
    case 'tag':
      return { path: 'tags', body: { add: deed.add, remove: deed.remove } }
    case 'priority':
      return { path: 'priority', body: { priority: deed.priority } }
    case 'spam':
      return { path: 'spam', body: { on: deed.on } }
    case 'field':
      return { path: 'fields', body: { values: { [deed.key]: deed.value } } }
  }
}

/** What the row will look like, shown until the server answers. */
export function wished(row: Row, deed: Deed, me: Named): Partial<Row> {
  switch (deed.name) {
    case 'close':
      return { status: 'closed', snoozed_until: null }
    case 'reopen':
      return { status: 'open', snoozed_until: null }
    case 'snooze':
      return { status: 'snoozed', snoozed_until: deed.until }
    case 'takeOver':
      return { handler: 'agent', assignee: me, queued_at: null }
    case 'giveBack':
      return { handler: 'assistant', assignee: null }
    case 'assign':
      return { assignee: deed.agent, team: deed.team ?? row.team, handler: deed.agent ? 'agent' : row.handler }
    case 'tag':
      return { tags: [...new Set([...row.tags.filter((tag) => !deed.remove.includes(tag)), ...deed.add])] }
    case 'priority':
      return { priority: deed.priority }
    case 'spam':
      return { spam: deed.on }
    case 'read':
      return { unread: 0 }
    case 'unread':
      return { unread: row.unread || 1 }
    case 'field':
      return { fields: withField(row.fields, deed.key, deed.value) }
  }
}

/** The deed that takes this one back, as the row stood before it; null when there is none. */
export function undoing(row: Row, deed: Deed): Deed | null {
  switch (deed.name) {
    case 'close':
    case 'snooze':
      return row.status === 'snoozed' && row.snoozed_until ? { name: 'snooze', until: row.snoozed_until } : { name: 'reopen' }
    case 'reopen':
      return row.status === 'closed' ? { name: 'close' } : null
    case 'assign':
      return { name: 'assign', agent: row.assignee, team: row.team }
    case 'tag':
      return { name: 'tag', add: deed.remove, remove: deed.add }
    case 'takeOver':
      return row.handler === 'assistant' ? { name: 'giveBack' } : null
    case 'giveBack':
      return { name: 'takeOver' }
    case 'priority':
      return { name: 'priority', priority: row.priority }
    case 'spam':
      return { name: 'spam', on: !deed.on }
    case 'read':
      return row.unread ? { name: 'unread' } : null
    case 'unread':
      return row.unread ? null : { name: 'read', seq: row.seq }
    case 'field':
      return { name: 'field', key: deed.key, value: row.fields[deed.key] ?? null }
  }
}

/** Deeds after which the conversation leaves the list at once, because the person sent it away himself. */
export const sendsAway = (deed: Deed) => deed.name === 'close' || deed.name === 'snooze' || (deed.name === 'spam' && deed.on)
