/** Everything of a signed-in session that outlives a screen: the inbox, the live feed, the outbox, who is there. */

import type { QueryClient } from '@tanstack/react-query'
import type { Actor, GoodwordEvent } from '@goodword/shared/events'
import { createAddressings } from '@/core/addressing'
import * as api from '@/core/api'
import { applyToConversation, fromPage, type Conversation } from '@/core/conversation'
import { asked, sendsAway, undoing, wished, type Deed } from '@/core/deeds'
import { createDrafts } from '@/core/drafts'
import { applyToInbox, emptyInbox, mergeRows, overlay, rowOf, type Inbox } from '@/core/inbox'
import { createLive, withChanges, type Frame, type Live, type LiveState, type Presence, type PresenceFrame } from '@/core/live'
import { socketLine, streamLine } from '@/core/lines'
import type { ConversationPage, InboxPage, Me, Row } from '@/core/model'
import { createOutbox, posted, type Outgoing, type Sent } from '@/core/outbox'
import { store } from '@/core/store'

export interface Typing {
  conversation_id: string
  who: Actor
  until: number
}

export interface Toast {
  id: number
  /** A key of the texts, or a sentence that the server wrote. */
  text: { key: string; values?: Record<string, string | number> } | string
  tone: 'calm' | 'trouble'
  undo?: () => void
}

export type Desk = ReturnType<typeof createDesk>

const REMEMBERED = 500
/** How long something can be undone. */
export const TOAST_FOR = 8000
const TYPING_FOR = 8000

export function createDesk(me: Me, client: QueryClient) {
  const inbox = store<Inbox>(emptyInbox(me.id))
  const dismissed = store<ReadonlySet<string>>(new Set())
  /** Messages that are being removed: while that may still be undone the server has not been told. */
  const removing = store<ReadonlySet<string>>(new Set())
  const presence = store<Presence>({ agents: [], viewing: {} })
  const typing = store<readonly Typing[]>([])
  const connection = store<LiveState>('connecting')
  const toasts = store<readonly Toast[]>([])
  const device = crypto.randomUUID()
  const turns = new Map<string, Promise<unknown>>()
  const listeners = new Set<(events: readonly GoodwordEvent[]) => void>()
  let recent: GoodwordEvent[] = []
  let toastId = 0
  let lookup: ReturnType<typeof setTimeout> | null = null

  const live: Live = createLive(
    {
      socket: (events) => socketLine(live.cursor, device, events),
      stream: (cursor, events) => streamLine(cursor, device, events),
      later: (callback, ms) => setTimeout(callback, ms),
      cancel: (timer) => clearTimeout(timer as number),
      now: () => performance.now(),
      random: Math.random,
    },
    { events: heard, typing: typed, presence: present, draft: drafted, reset: refetch, state: connected },
  )

  const outbox = createOutbox({
    send,
    storage: localStorage,
    key: `gw.outbox.${me.id}`,
    later: (callback, ms) => setTimeout(callback, ms),
  })

  const drafts = createDrafts({
    storage: localStorage,
    save: (id, draft) => api.put(`/conversations/${id}/draft`, { ...draft, device }),
    later: (callback, ms) => setTimeout(callback, ms),
    cancel: (timer) => clearTimeout(timer as number),
  })

  const addressings = createAddressings(localStorage, `gw.addressed.${me.id}`)

  /** A line that broke and is back may have been cut because my rights are others by now. */
  function connected(state: LiveState) {
    if (connection.get() === 'lost' && state === 'open') void client.invalidateQueries({ queryKey: ['me'] })
    connection.set(state)
  }

  function heard(events: GoodwordEvent[]) {
    recent = [...recent, ...events].slice(-REMEMBERED)
    inbox.update((value) => applyToInbox(value, events))
    for (const [key, opened] of client.getQueriesData<Conversation>({ queryKey: ['conversation'] })) {
      if (opened) client.setQueryData<Conversation>(key, applyToConversation(opened, events, me.id))
    }
    for (const { stream, type } of events) {
      // Another time line has come into this one, or left it: only the server has all of it.
      if (type === 'ConversationJoined' || type === 'ConversationLeft') void client.invalidateQueries({ queryKey: ['conversation', stream] })
    }
    const spoke = new Set(events.filter((event) => /Received|Queued/.test(event.type)).map((event) => event.stream))
    typing.update((all) => all.filter((one) => !spoke.has(one.conversation_id)))
    if (events.some((event) => event.stream.startsWith('agt_'))) void client.invalidateQueries({ queryKey: ['agents'] })
    if (events.some((event) => event.type.startsWith('Pause'))) {
      void client.invalidateQueries({ queryKey: ['pause'] })
      void client.invalidateQueries({ queryKey: ['me'] })
    }
    if (events.some((event) => event.stream.startsWith('tem_'))) void client.invalidateQueries({ queryKey: ['teams'] })
    if (events.some((event) => event.stream === 'routing')) void client.invalidateQueries({ queryKey: ['routing'] })
    if (events.some((event) => event.stream.startsWith('art_'))) void client.invalidateQueries({ queryKey: ['articles'] })
    if (inbox.get().unknown.size) lookup ??= setTimeout(lookUpUnknown, 150)
    for (const listener of listeners) listener(events)
  }

  async function lookUpUnknown() {
    lookup = null
    const ids = [...inbox.get().unknown].slice(0, 20)
    const pages = await Promise.allSettled(ids.map((id) => api.get<ConversationPage>(`/conversations/${id}`)))
    const rows = pages.flatMap((page) => (page.status === 'fulfilled' ? [page.value.conversation] : []))
    inbox.update((value) => {
      const rest = new Set([...value.unknown].filter((id) => !ids.includes(id)))
      return mergeRows({ ...value, unknown: rest }, rows.map(caughtUp))
    })
    // The counts moved by rows that were not here: they can't be reckoned, only asked for.
    const page = await api.get<InboxPage>('/conversations?view=mine&limit=1').catch(() => null)
    if (page) inbox.update((value) => ({ ...value, counts: page.counts }))
  }

  /** An answer may have left the server before an event that has already been heard here. */
  function caughtUp(row: Row): Row {
    return rowAfter(row, recent, me.id)
  }

  function typed(frame: { conversation_id: string; who: Actor; on: boolean }) {
    const others = typing
      .get()
      .filter((one) => one.conversation_id !== frame.conversation_id || one.who.id !== frame.who.id)
    typing.set(frame.on ? [...others, { ...frame, until: Date.now() + TYPING_FOR }] : others)
    if (frame.on) setTimeout(() => typing.update((all) => all.filter((one) => one.until > Date.now())), TYPING_FOR + 50)
  }

  function present({ agents, viewing, changed = {} }: PresenceFrame) {
    presence.update((old) => ({ agents: agents ?? old.agents, viewing: withChanges(viewing ?? old.viewing, changed) }))
  }

  function drafted(frame: Extract<Frame, { kind: 'draft' }>) {
    if (frame.device !== device) drafts.hear(frame.conversation_id, { text: frame.text, kind: frame.kind_of })
  }

  async function refetch() {
    recent = []
    const page = await api.get<InboxPage>('/conversations?view=mine&limit=50')
    inbox.update((value) => mergeRows({ ...emptyInbox(me.id), overlay: value.overlay }, page.conversations, page.counts))
    live.start(page.cursor)
    await Promise.all([
      client.invalidateQueries({ queryKey: ['inbox'] }),
      client.invalidateQueries({ queryKey: ['conversation'] }),
    ])
  }

  async function send(entry: Outgoing): Promise<Sent> {
    const { path, body } = posted(entry)
    const answer = await api.post<Sent>(path, body)
    if (answer.conversation) took(answer.conversation)
    return answer
  }

  function say(text: Toast['text'], more: Partial<Pick<Toast, 'tone' | 'undo'>> = {}) {
    const toast: Toast = { id: ++toastId, text, tone: 'calm', ...more }
    toasts.update((all) => [...all.slice(-2), toast])
    setTimeout(() => hush(toast.id), TOAST_FOR)
  }

  const hush = (id: number) => toasts.update((all) => all.filter((toast) => toast.id !== id))

  function complain(error: unknown) {
    if (error instanceof api.ApiError) say(error.message, { tone: 'trouble' })
    else say({ key: error instanceof api.Unreachable ? 'error.unreachable' : 'error.unknown' }, { tone: 'trouble' })
  }

  /** Tries a deed and tells what went wrong; whether it was done. */
  async function attempt(deed: () => Promise<unknown>): Promise<boolean> {
    try {
      await deed()
      return true
    } catch (error) {
      complain(error)
      return false
    }
  }

  /** Does the deed: drawn at once, taken back with a word when the server refuses. */
  async function act(id: string, deed: Deed, quiet = false): Promise<void> {
    const row = rowOf(inbox.get(), id) ?? client.getQueryData<Conversation>(['conversation', id])?.row
    if (!row) return
    const wish = wished(row, deed, { id: me.id, name: me.name })
    inbox.update((value) => overlay(value, id, wish))
    if (sendsAway(deed)) dismissed.update((all) => new Set(all).add(id))
    const back = undoing(row, deed)
    if (!quiet) say(said(deed, row), back ? { undo: () => void undo(id, back) } : {})
    const { path, body } = asked(deed)
    const asking = inTurn(id, () => api.post<{ conversation: Row } | undefined>(`/conversations/${id}/${path}`, body))
    try {
      const answer = await asking
      if (answer) took(answer.conversation)
    } catch (error) {
      restore(id)
      complain(error)
    } finally {
      if (turns.get(id) === asking) {
        turns.delete(id)
        inbox.update((value) => overlay(value, id, null))
      }
    }
  }

  /** Deeds on one conversation reach the server in the order in which they were done. */
  function inTurn<T>(id: string, ask: () => Promise<T>): Promise<T> {
    const before = turns.get(id)
    const turn = before ? before.then(ask, ask) : ask()
    turns.set(id, turn)
    return turn
  }

  function took(row: Row) {
    inbox.update((value) => mergeRows(value, [caughtUp(row)]))
    client.setQueryData<Conversation>(['conversation', row.id], (old) =>
      old && old.row.seq <= row.seq ? { ...old, row: { ...row, seq: old.row.seq } } : old,
    )
  }

  const restore = (id: string) => dismissed.update((all) => new Set([...all].filter((one) => one !== id)))

  async function undo(id: string, back: Deed) {
    restore(id)
    await act(id, back, true)
  }

  return {
    me,
    client,
    inbox,
    dismissed,
    removing,
    presence,
    typing,
    connection,
    toasts,
    live,
    outbox,
    drafts,
    addressings,
    act,
    /** Calls `listener` with what has just happened; the answer ends it. */
    listen(listener: (events: readonly GoodwordEvent[]) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Takes in a row that the server answered with. */
    took,
    say,
    hush,
    complain,
    attempt,
    /** A page of the inbox, taken into it; the first one starts the live feed. */
    async page(path: string, signal?: AbortSignal): Promise<InboxPage> {
      const page = await api.get<InboxPage>(path, signal)
      inbox.update((value) => mergeRows(value, page.conversations.map(caughtUp), page.counts))
      if (!live.cursor()) live.start(page.cursor)
      return page
    },
    async conversation(id: string, signal?: AbortSignal): Promise<Conversation> {
      const page = await api.get<ConversationPage>(`/conversations/${id}`, signal)
      const conversation = applyToConversation(fromPage(page), recent, me.id)
      inbox.update((value) => mergeRows(value, [conversation.row]))
      return conversation
    },
    stop() {
      live.stop()
      if (lookup) clearTimeout(lookup)
    },
  }
}

function rowAfter(row: Row, events: readonly GoodwordEvent[], me: string): Row {
  const { rows } = applyToInbox({ ...emptyInbox(me), rows: new Map([[row.id, row]]) }, events)
  return rows.get(row.id)!
}

function said(deed: Deed, row: Row): Toast['text'] {
  const values = { name: row.customer.name }
  if (deed.name === 'assign') {
    return deed.agent ? { key: 'done.assigned', values: { ...values, agent: deed.agent.name } } : { key: 'done.unassigned', values }
  }
  if (deed.name === 'spam' && !deed.on) return { key: 'done.notSpam', values }
  return { key: `done.${deed.name}`, values }
}
