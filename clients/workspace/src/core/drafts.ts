/**
 * Drafts: kept here at each key, on the server a moment later, and told by it to the person's other devices.
 *
 * What this device has not saved yet wins over what the server says; anything else is the server's to say.
 */

import type { Draft } from './model'

export interface DraftSeams {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  save(conversation_id: string, draft: Draft): Promise<unknown>
  later(callback: () => void, ms: number): unknown
  cancel(timer: unknown): void
}

export interface Drafts {
  /** What is not saved yet, else the newest that is known, else the server's. */
  of(conversation_id: string, fromServer: Draft | null): Draft
  write(conversation_id: string, draft: Draft): void
  /** After sending: nothing is left here, nor after a moment on the server. */
  clear(conversation_id: string, kind: Draft['kind']): void
  /** Whether the server has all that was written here. */
  saved(conversation_id: string): boolean
  /** Words that go back into the box: below those that stand there. */
  offer(conversation_id: string, draft: Draft): void
  /** Another device has written. */
  hear(conversation_id: string, draft: Draft): void
  /** Calls back with what was written elsewhere than in the box: on another device, or `here`. The answer ends it. */
  watch(conversation_id: string, listener: Listener): () => void
}

type Listener = (draft: Draft, here: boolean) => void

/**
 * Whether what another device wrote may take the place of `own`: where nothing stands here, where it goes on from it,
 * where nobody has touched `own` since it came from there (`common`), and where it was sent there (`saved`: it was the same).
 */
export function yields(own: string, heard: string, common: string, saved: boolean): boolean {
  return own === '' || heard.startsWith(own) || own === common || (heard === '' && saved)
}

const SAVE_AFTER = 800
const NOTHING: Draft = { text: '', kind: 'reply' }

export function createDrafts(seams: DraftSeams): Drafts {
  const timers = new Map<string, unknown>()
  const known = new Map<string, Draft>()
  const listeners = new Map<string, Set<Listener>>()
  const key = (id: string) => `gw.draft.${id}`

  function saveLater(id: string, draft: Draft) {
    if (timers.has(id)) seams.cancel(timers.get(id))
    const save = () => {
      timers.delete(id)
      // Lost on the way it stays here, and goes with the next key.
      seams.save(id, draft).then(() => forgetUnsaved(id, draft), () => undefined)
    }
    timers.set(id, seams.later(save, SAVE_AFTER))
  }

  const tell = (id: string, draft: Draft, here: boolean) => listeners.get(id)?.forEach((listener) => listener(draft, here))

  function forgetUnsaved(id: string, draft: Draft) {
    if (seams.storage.getItem(key(id)) === JSON.stringify(draft)) seams.storage.removeItem(key(id))
  }

  return {
    of(id, fromServer) {
      const kept = seams.storage.getItem(key(id))
      if (kept) return JSON.parse(kept) as Draft
      return known.get(id) ?? fromServer ?? NOTHING
    },
    write(id, draft) {
      known.set(id, draft)
      seams.storage.setItem(key(id), JSON.stringify(draft))
      saveLater(id, draft)
    },
    clear(id, kind) {
      known.set(id, { text: '', kind })
      seams.storage.removeItem(key(id))
      saveLater(id, { text: '', kind })
    },
    saved: (id) => seams.storage.getItem(key(id)) === null,
    offer(id, draft) {
      const here = this.of(id, null)
      const text = here.text.trim() ? `${here.text.trimEnd()}\n\n${draft.text}` : draft.text
      this.write(id, { ...draft, text })
      tell(id, { ...draft, text }, true)
    },
    hear(id, draft) {
      known.set(id, draft)
      tell(id, draft, false)
    },
    watch(id, listener) {
      const mine = listeners.get(id) ?? new Set<Listener>()
      listeners.set(id, mine.add(listener))
      return () => void mine.delete(listener)
    },
  }
}
