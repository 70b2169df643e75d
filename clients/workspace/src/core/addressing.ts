/** A letter as an agent addresses it himself: to whom, under which subject, and what it passes on. */

import type { Party } from '@goodword/shared/events'
import { store, type Store } from './store'

export const SLOTS = ['to', 'cc', 'bcc'] as const
export type Slot = (typeof SLOTS)[number]

/** As the server takes it. An empty subject is the usual one. */
export interface Addressing {
  to: Party[]
  cc: Party[]
  bcc: Party[]
  subject: string
  /** The message that goes with it to somebody else. */
  forwards: string | null
}

export const UNADDRESSED: Addressing = { to: [], cc: [], bcc: [], subject: '', forwards: null }

export const addressed = (some: Partial<Addressing>): Addressing => ({ ...UNADDRESSED, ...some })

type ByConversation = Readonly<Record<string, Addressing>>

export interface Addressings extends Pick<Store<ByConversation>, 'get' | 'watch'> {
  /** Null: as usual again. */
  write(conversation_id: string, letter: Addressing | null): void
}

/** How the replies that are being written are addressed, as long as they are not sent: kept through reloads. */
export function createAddressings(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, key: string): Addressings {
  const all = store<ByConversation>(kept(storage, key))
  return {
    get: all.get,
    watch: all.watch,
    write(id, letter) {
      const { [id]: _, ...others } = all.get()
      const next = letter ? { ...others, [id]: letter } : others
      all.set(next)
      if (Object.keys(next).length) storage.setItem(key, JSON.stringify(next))
      else storage.removeItem(key)
    },
  }
}

function kept(storage: Pick<Storage, 'getItem'>, key: string): ByConversation {
  try {
    return (JSON.parse(storage.getItem(key) ?? '{}') as ByConversation | null) ?? {}
  } catch {
    return {}
  }
}
