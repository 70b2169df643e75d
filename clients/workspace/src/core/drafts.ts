/** Drafts: kept here at each key, and on the server a moment later, so that they are on every device. */

import type { Draft } from './model'

export interface DraftSeams {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  save(conversation_id: string, draft: Draft): Promise<unknown>
  later(callback: () => void, ms: number): unknown
  cancel(timer: unknown): void
}

export interface Drafts {
  /** The draft of this device, else the server's. */
  of(conversation_id: string, fromServer: Draft | null): Draft
  write(conversation_id: string, draft: Draft): void
  /** After sending: nothing is left here, nor after a moment on the server. */
  clear(conversation_id: string, kind: Draft['kind']): void
}

const SAVE_AFTER = 800

export function createDrafts(seams: DraftSeams): Drafts {
  const timers = new Map<string, unknown>()
  const key = (id: string) => `gw.draft.${id}`

  function saveLater(id: string, draft: Draft) {
    if (timers.has(id)) seams.cancel(timers.get(id))
    const save = () => {
      timers.delete(id)
      // Lost on the way it stays here, and goes with the next key.
      seams.save(id, draft).catch(() => undefined)
    }
    timers.set(id, seams.later(save, SAVE_AFTER))
  }

  return {
    of(id, fromServer) {
      const kept = seams.storage.getItem(key(id))
      if (!kept) return fromServer ?? { text: '', kind: 'reply' }
      return JSON.parse(kept) as Draft
    },
    write(id, draft) {
      seams.storage.setItem(key(id), JSON.stringify(draft))
      saveLater(id, draft)
    },
    clear(id, kind) {
      seams.storage.removeItem(key(id))
      saveLater(id, { text: '', kind })
    },
  }
}
