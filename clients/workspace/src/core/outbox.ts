/**
 * What was written and has not reached the server: kept through reloads, sent in order per conversation, tried again
 * when the network returns, and honest about where it is.
 */

import type { Attachment, Message } from '@goodword/shared/events'
import { UNADDRESSED, type Addressing } from './addressing'
import { ApiError, Unreachable } from './api'
import type { ComposeKind, Row } from './model'
import { store, type Store } from './store'

export interface Outgoing {
  client_id: string
  conversation_id: string
  kind: ComposeKind
  text: string
  attachments: Attachment[]
  then: 'close' | 'snooze' | null
  until: number | null
  /** Colleagues who are named in a note. */
  mentions?: string[]
  /** The canned answers that a reply was made from. */
  canned?: string[]
  /** The newest event that was on the screen: when a colleague has answered after it, nothing is sent. */
  seen_seq?: number | null
  /** Of a letter whose writer has addressed it himself. */
  letter?: Addressing | null
  /** It begins a conversation, whose id is known when the server has it. */
  begins?: { channel_id: string; customer_id: string | null } | null
  at: number
  /** `waiting`: no network, tried again by itself. `sent`: the server has it and its event is on the way. */
  state: 'sending' | 'waiting' | 'failed' | 'sent'
  problem: string | null
  /** A colleague has answered meanwhile: the person decides. */
  collided?: boolean
  attempts: number
}

/** `conversation`: the one that was begun. */
export type Sent = { message: Message; seq?: number; conversation?: Row }

/** Where an entry is posted to, and what. */
export function posted(entry: Outgoing): { path: string; body: Record<string, unknown> } {
  const { client_id, conversation_id, kind, text, then, until, seen_seq, mentions, canned, letter, begins } = entry
  const said = { client_id, text, attachments: entry.attachments.map((file) => file.id) }
  if (begins) {
    const { to, cc, bcc, subject } = letter ?? UNADDRESSED
    return { path: '/conversations', body: { ...said, ...begins, to, cc, bcc, subject, then, canned } }
  }
  const path = `/conversations/${conversation_id}`
  if (kind === 'note') return { path: `${path}/notes`, body: { ...said, mentions } }
  return { path: `${path}/replies`, body: { ...said, then, until, seen_seq, canned, ...(letter && { letter }) } }
}

export interface OutboxSeams {
  send(entry: Outgoing): Promise<Sent>
  storage: Pick<Storage, 'getItem' | 'setItem'>
  key: string
  later(callback: () => void, ms: number): unknown
}

export interface Outbox {
  entries: Store<readonly Outgoing[]>
  add(entry: Omit<Outgoing, 'state' | 'problem' | 'attempts'>): void
  retry(client_id: string): void
  /** Sends it although a colleague has answered meanwhile. */
  sendAnyway(client_id: string): void
  discard(client_id: string): void
  /** Forgets what the time line shows by now. */
  confirm(client_ids: ReadonlySet<string>): void
  /** The network is back: everything that waits is tried now. */
  wake(): void
}

const LONGEST_WAIT = 30_000

export function createOutbox(seams: OutboxSeams): Outbox {
  const entries = store<readonly Outgoing[]>(restored(seams))
  const busy = new Set<string>()

  entries.watch(() => {
    const kept = entries.get().filter((entry) => entry.state !== 'sent')
    seams.storage.setItem(seams.key, JSON.stringify(kept))
  })

  const change = (client_id: string, patch: Partial<Outgoing>) =>
    entries.update((all) => all.map((entry) => (entry.client_id === client_id ? { ...entry, ...patch } : entry)))

  async function drain(conversation_id: string) {
    if (busy.has(conversation_id)) return
    busy.add(conversation_id)
    try {
      for (let entry = next(conversation_id); entry; entry = next(conversation_id)) {
        if (!(await tryOne(entry))) break
      }
    } finally {
      busy.delete(conversation_id)
    }
  }

  const next = (conversation_id: string) => {
    const open = entries.get().find((entry) => entry.conversation_id === conversation_id && entry.state !== 'sent')
    return open?.state === 'failed' ? undefined : open
  }

  async function tryOne(entry: Outgoing): Promise<boolean> {
    change(entry.client_id, { state: 'sending', problem: null, collided: false })
    try {
      const { conversation } = await seams.send(entry)
      change(entry.client_id, { state: 'sent', conversation_id: conversation?.id ?? entry.conversation_id })
      return true
    } catch (error) {
      const passing = error instanceof Unreachable || (error instanceof ApiError && error.problem.retry)
      const attempts = entry.attempts + 1
      const problem = error instanceof ApiError ? error.message : null
      const collided = error instanceof ApiError && error.problem.reason === 'answered_meanwhile'
      change(entry.client_id, { state: passing ? 'waiting' : 'failed', problem, attempts, collided })
      if (passing) seams.later(() => void drain(entry.conversation_id), wait(error, attempts))
      return false
    }
  }

  const drainAll = () => {
    for (const id of new Set(entries.get().map((entry) => entry.conversation_id))) void drain(id)
  }
  drainAll()

  return {
    entries,
    add(entry) {
      entries.update((all) => [...all, { ...entry, state: 'sending', problem: null, attempts: 0 }])
      void drain(entry.conversation_id)
    },
    retry(client_id) {
      change(client_id, { state: 'sending', problem: null })
      drainAll()
    },
    sendAnyway(client_id) {
      change(client_id, { state: 'sending', problem: null, seen_seq: null })
      drainAll()
    },
    discard: (client_id) => entries.update((all) => all.filter((entry) => entry.client_id !== client_id)),
    confirm(client_ids) {
      const rest = entries.get().filter((entry) => !client_ids.has(entry.client_id))
      if (rest.length !== entries.get().length) entries.set(rest)
    },
    wake: drainAll,
  }
}

function wait(error: unknown, attempts: number): number {
  const asked = error instanceof ApiError ? (error.problem.retry_after ?? 0) * 1000 : 0
  return Math.max(asked, Math.min(LONGEST_WAIT, 1000 * 2 ** (attempts - 1)))
}

function restored(seams: OutboxSeams): Outgoing[] {
  try {
    const kept = JSON.parse(seams.storage.getItem(seams.key) ?? '[]') as Outgoing[]
    return kept.map((entry) => (entry.state === 'sending' ? { ...entry, state: 'waiting' } : entry))
  } catch {
    return []
  }
}
