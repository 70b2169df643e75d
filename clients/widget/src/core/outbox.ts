import type { Attachment } from '@goodword/shared/events'
import type { Storage } from './storage'

interface Owed {
  client_id: string
  at: number
  /** Why the server will not take it; null while there is hope. */
  refused: string | null
}

/** A message written but not yet acknowledged by the server. */
export interface OwedMessage extends Owed {
  deed: 'message'
  text: string
  attachments: Attachment[]
  choice: string | null
}

/** A wish for a person; it keeps its place among the messages. */
export interface OwedWish extends Owed {
  deed: 'human'
}

export type OutboxItem = OwedMessage | OwedWish
export type Items = readonly OutboxItem[]

/** The next to be sent: always the oldest that was not refused, so that nothing overtakes. */
export function next(items: Items): OutboxItem | undefined {
  return items.find((item) => item.refused === null)
}

export function add(items: Items, item: OutboxItem): Items {
  return items.some(({ client_id }) => client_id === item.client_id) ? items : [...items, item]
}

export function acknowledge(items: Items, ids: ReadonlySet<string>): Items {
  return items.some((item) => ids.has(item.client_id)) ? items.filter((item) => !ids.has(item.client_id)) : items
}

export function refuse(items: Items, id: string, why: string): Items {
  return items.map((item) => (item.client_id === id ? { ...item, refused: why } : item))
}

/** Tries a refused item again; it goes to the end, because what was written after it may be there already. */
export function retry(items: Items, id: string, at: number): Items {
  const item = items.find(({ client_id }) => client_id === id)
  if (!item || item.refused === null) return items
  return [...items.filter((other) => other !== item), { ...item, refused: null, at }]
}

/** The outbox as the browser keeps it: shared by all tabs, still there after a reload. */
export interface Outbox {
  /** Read anew each time: another tab may have written. */
  items(): Items
  add(item: OutboxItem): void
  acknowledge(ids: Iterable<string>): void
  refuse(id: string, why: string): void
  retry(id: string, at: number): void
}

export function openOutbox(storage: Storage, changed: (items: Items) => void): Outbox {
  const items = () => storage.read<Items>('outbox') ?? []
  const keep = (now: Items) => {
    storage.write('outbox', now.length ? now : null)
    changed(now)
  }
  storage.watch('outbox', () => changed(items()))
  return {
    items,
    add: (item) => keep(add(items(), item)),
    acknowledge: (ids) => {
      const before = items()
      const now = acknowledge(before, new Set(ids))
      if (now !== before) keep(now)
    },
    refuse: (id, why) => keep(refuse(items(), id, why)),
    retry: (id, at) => keep(retry(items(), id, at)),
  }
}
