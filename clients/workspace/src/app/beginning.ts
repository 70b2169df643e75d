/** A conversation that somebody of the staff begins: asked for anywhere, written in a sheet over every screen. */

import type { Attachment } from '@goodword/shared/events'
import { addressed, type Addressing } from '@/core/addressing'
import { store } from '@/core/store'

export interface Beginning {
  letter: Addressing
  text: string
  /** The channel that it goes out by; empty: the first that can. */
  channel_id: string
  /** Whose address the first one is. */
  customer: { id: string; address: string } | null
  attachments: Attachment[]
  /** Why it could not be sent as it was. */
  problem: string | null
}

export const beginning = store<Beginning | null>(null)

const EMPTY: Omit<Beginning, 'letter'> = { text: '', channel_id: '', customer: null, attachments: [], problem: null }

/** Opens the sheet, to somebody or to nobody yet. */
export function begin(whom?: { id: string; name: string; address: string }) {
  const to = whom ? [{ name: whom.name, address: whom.address }] : []
  beginning.set({ ...EMPTY, letter: addressed({ to }), customer: whom ? { id: whom.id, address: whom.address } : null })
}
