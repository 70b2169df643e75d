/** The people and events that the tests speak of. */

import type { Actor, EventData, EventType, GoodwordEvent, Message } from '@goodword/shared/events'
import type { Customer, Row } from '@/core/model'

export const ada = { id: 'agt_ada', name: 'Ada Silva' }
export const li = { id: 'agt_li', name: 'Li Na' }
export const dana: Actor = { kind: 'customer', id: 'cus_dana', name: 'Dana Evans' }
export const system: Actor = { kind: 'system', id: null, name: 'Goodword' }
export const START = 1_790_000_000_000

export function event<T extends EventType>(seq: number, type: T, data: EventData[T], more: Partial<GoodwordEvent> = {}): GoodwordEvent {
  const base = { seq, id: `evt_${seq}`, type, at: START + seq * 1000, stream: 'cnv_dana', actor: system, cause: null, data }
  return { ...base, ...more } as GoodwordEvent
}

export function message(text: string, more: Partial<Message> = {}): Message {
  return {
    id: `msg_${text}`,
    kind: 'message',
    author: dana,
    text,
    language: 'en',
    at: START,
    client_id: null,
    attachments: [],
    sources: [],
    choices: [],
    template: null,
    ...more,
  }
}

export const opened = (seq: number, id = 'cnv_dana') =>
  event(
    seq,
    'ConversationOpened',
    {
      conversation_id: id,
      number: 1042,
      channel: { id: 'chn_web', kind: 'web', name: 'Web' },
      customer: { id: 'cus_dana', name: 'Dana Evans', anonymous: false },
      language: 'en',
      subject: '',
      handler: 'assistant',
    },
    { stream: id },
  )

export function row(more: Partial<Row> = {}): Row {
  return {
    id: 'cnv_dana',
    number: 1042,
    status: 'open',
    handler: 'agent',
    customer: { id: 'cus_dana', name: 'Dana Evans', anonymous: false },
    channel: { id: 'chn_web', kind: 'web', name: 'Web' },
    language: 'en',
    assignee: null,
    team: null,
    subject: '',
    preview: null,
    last_at: START,
    waiting_since: null,
    snoozed_until: null,
    unread: 0,
    tags: [],
    mood: null,
    queued_at: null,
    priority: 'normal',
    fields: {},
    spam: false,
    rating: null,
    merged_into: null,
    mentioned: null,
    mention_seq: null,
    scheduled: 0,
    undelivered: null,
    seq: 0,
    ...more,
  }
}

export const customer: Customer = {
  id: 'cus_dana',
  name: 'Dana Evans',
  email: 'dana@customers.example',
  phone: null,
  anonymous: false,
  language: 'en',
  city: 'Leeds',
  created_at: START,
  identities: [],
  attributes: {},
  conversations: [],
  orders: [],
}

/** Timers and a clock that move only when told. */
export function handClock() {
  let now = 0
  let timers: { at: number; callback: () => void; id: number }[] = []
  let ids = 0
  return {
    now: () => now,
    later: (callback: () => void, ms: number) => {
      timers.push({ at: now + ms, callback, id: ++ids })
      return ids
    },
    cancel: (id: unknown) => void (timers = timers.filter((timer) => timer.id !== id)),
    forward(ms: number) {
      const until = now + ms
      for (;;) {
        const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((timer) => timer !== next)
        now = next.at
        next.callback()
      }
      now = until
    },
  }
}

export function memory(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage
}
