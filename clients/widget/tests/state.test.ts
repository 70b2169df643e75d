import type { EventData, EventType, GoodwordEvent, Message } from '@goodword/shared/events'
import { describe, expect, it } from 'vitest'
import type { OwedMessage } from '../src/core/outbox'
import { standing } from '../src/core/conversation'
import { nothingYet, reduce, unread, type State } from '../src/core/state'
import { timeline } from '../src/core/timeline'
import { config, liNa, sage, system } from './fakeDesk'

const dana = { kind: 'customer', id: 'cus_dana', name: 'Dana Evans' } as const
const START = Date.UTC(2026, 8, 21, 9)

function event<T extends EventType>(
  seq: number,
  type: T,
  actor: GoodwordEvent['actor'],
  data: EventData[T],
): GoodwordEvent {
  return {
    seq,
    id: `evt_${seq}`,
    type,
    at: START + seq * 1000,
    stream: 'cnv_1',
    actor,
    cause: null,
    data,
  } as GoodwordEvent
}

function message(seq: number, author: Message['author'], text: string, more: Partial<Message> = {}): Message {
  const bare = { language: 'en', client_id: null, attachments: [], sources: [], choices: [], template: null }
  return { id: `msg_${seq}`, kind: 'message', author, text, at: START + seq * 1000, ...bare, ...more }
}

const choices = [{ id: 'a', label: 'My order' }]
const story: GoodwordEvent[] = [
  event(3, 'ConversationOpened', system, {
    conversation_id: 'cnv_1',
    number: 7,
    channel: { id: 'chn_1', kind: 'webchat', name: 'Shop' },
    customer: { id: 'cus_dana', name: 'Dana Evans', anonymous: false },
    language: 'en',
    subject: null,
    handler: 'assistant',
  }),
  event(4, 'MessageReceived', dana, { message: message(4, dana, 'The planter is dead', { client_id: 'c1' }) }),
  event(9, 'ReplyQueued', sage, { message: message(9, sage, 'What is it about?', { choices }), deliver_by: null }),
  event(10, 'MessageReceived', dana, { message: message(10, dana, 'A person please', { client_id: 'c2' }) }),
  event(11, 'HandoverRequested', system, { reason: 'asked' }),
  event(12, 'HandlerChanged', system, { handler: 'queue', previous: 'assistant' }),
  event(13, 'Queued', system, { position: 3, estimate_seconds: 240 }),
  event(20, 'QueuePositionChanged', system, { position: 1, estimate_seconds: 50 }),
  event(21, 'Assigned', system, {
    agent: { id: 'agt_li', name: 'Li Na' },
    team: null,
    previous: null,
    reason: 'routed',
  }),
  event(22, 'LeftQueue', system, {}),
  event(23, 'HandlerChanged', system, { handler: 'agent', previous: 'queue' }),
  event(30, 'ReadByAgent', liNa, { seq: 10 }),
  event(31, 'ReplyQueued', liNa, { message: message(31, liNa, 'Good morning, Dana'), deliver_by: null }),
]

const apply = (state: State, events: readonly GoodwordEvent[]) => reduce(state, { type: 'events', events })
const whole = apply(nothingYet, story)

/** A small generator of chance that a failure can be repeated with. */
function chance(seed: number): () => number {
  return () => {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
}

describe('events', () => {
  it('applied twice change nothing', () => {
    const twice = apply(whole, story)
    expect(twice).toEqual(whole)
    expect(twice.events).toBe(whole.events)
  })

  it.each(Array.from({ length: 200 }, (_, seed) => seed))(
    'in overlapping batches in any order come to the same (%i)',
    (seed) => {
      const random = chance(seed)
      let state = nothingYet
      const batch = () => {
        const from = Math.floor(random() * story.length)
        return story.slice(from, from + 1 + Math.floor(random() * 6))
      }
      for (let i = 0; i < 12; i++) state = apply(state, random() < 0.3 ? batch().reverse() : batch())
      state = apply(
        state,
        story.toSorted(() => random() - 0.5),
      )
      expect(state.events).toEqual(whole.events)
      expect(timeline(state)).toEqual(timeline(whole))
      expect(standing(state)).toEqual(standing(whole))
    },
  )

  it('of an unknown type are kept out of sight', () => {
    const strange = { ...story[0], seq: 99, type: 'RatingGiven', data: { score: 5 } } as unknown as GoodwordEvent
    expect(timeline(apply(whole, [strange]))).toEqual(timeline(whole))
  })
})

describe('a snapshot plus what follows is the same as all events', () => {
  it.each(story.map((_, i) => i + 1))('cut after %i events', (cut) => {
    const known = story.slice(0, cut)
    const before = standing(apply(nothingYet, known))
    if (!before) return
    const conversation = {
      ...before,
      number: 7,
      queue_position: before.queue?.position ?? null,
      assignee: before.agent === null ? null : { name: before.agent },
      last_read_seq: 0,
      unread: 0,
    }
    const customer = { id: 'cus_dana', name: 'Dana Evans', email: null, anonymous: false }
    const session = { token: 't', cursor: 'x', customer, conversation, events: known, earlier: false, config }
    const state = apply(reduce(nothingYet, { type: 'session', session }), story.slice(Math.max(0, cut - 3)))
    expect(standing(state)).toEqual(standing(whole))
    expect(timeline(state)).toEqual(timeline(whole))
  })
})

describe('the time line', () => {
  it('tells who spoke, and marks runs, days, reading and hand-over', () => {
    const lines = timeline(whole).map((line) =>
      line.kind === 'message' ? [line.from, line.text, line.state] : [line.kind, 'text' in line ? line.text : ''],
    )
    expect(lines).toEqual([
      ['day', ''],
      ['customer', 'The planter is dead', 'read'],
      ['assistant', 'What is it about?', null],
      ['customer', 'A person please', 'read'],
      ['notice', 'notice.handover.asked'],
      ['notice', 'notice.joined'],
      ['agent', 'Good morning, Dana', null],
    ])
  })

  it('offers choices only on the newest message', () => {
    const open = (events: GoodwordEvent[]) =>
      timeline(apply(nothingYet, events)).map((line) => line.kind === 'message' && line.open)
    expect(open(story.slice(0, 3)).at(-1)).toBe(true)
    expect(open(story)).not.toContain(true)
  })

  it('shows a message once while it is both in the outbox and in the log', () => {
    const owed: OwedMessage = {
      deed: 'message',
      client_id: 'c2',
      at: START,
      refused: null,
      text: 'A person please',
      attachments: [],
      choice: null,
    }
    const state = reduce(whole, { type: 'outbox', items: [owed] })
    expect(timeline(state)).toEqual(timeline(whole))
  })

  it('gives every line a key of its own', () => {
    const keys = timeline(whole).map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

it('counts as unread what the company said after the last reading, on any device', () => {
  expect(unread(whole)).toBe(2)
  expect(unread(apply(whole, [event(32, 'ReadByCustomer', dana, { seq: 9 })]))).toBe(1)
  expect(unread(reduce(whole, { type: 'seen', seq: 31 }))).toBe(0)
})

it('asks for an address while nobody is there, and no longer when somebody is', () => {
  const nobody = apply(nothingYet, [
    ...story.slice(0, 7),
    event(14, 'NobodyAvailable', system, { expected_answer_seconds: 3600 }),
  ])
  expect(standing(nobody)).toMatchObject({ nobody: { expected: 3600 }, queue: null })
  expect(standing(apply(nobody, story))).toMatchObject({ nobody: null, agent: 'Li Na' })
})

describe('a message that is removed', () => {
  it('is told in a line of its own', () => {
    const removed = { by: liNa, at: START }
    const left = message(4, dana, '', { client_id: 'c1', removed })
    const state = reduce(nothingYet, { type: 'events', events: [event(4, 'MessageReceived', dana, { message: left })] })
    expect(timeline(state)).toEqual([{ kind: 'notice', key: 'n4', text: 'message.removed', name: '' }])
  })
})
