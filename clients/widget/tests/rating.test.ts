import { expect, it } from 'vitest'
import type { GoodwordEvent } from '@goodword/shared/events'
import { judged, occasion } from '../src/core/rating'
import { nothingYet, type State } from '../src/core/state'
import { config } from './fakeDesk'

const AT = Date.UTC(2026, 10, 20, 9)
const DAY = 86_400_000

let seq = 0
function event(type: string, data: object): GoodwordEvent {
  seq += 1
  const actor = { kind: 'system', id: null, name: '' }
  return { seq, id: `evt_${seq}`, type, at: AT, stream: 'cnv_1', actor, cause: null, data } as unknown as GoodwordEvent
}

const opened = () => event('ConversationOpened', { conversation_id: 'cnv_1', handler: 'agent' })
const status = (now: string) => event('StatusChanged', { status: now })
const given = (score: number) => event('RatingGiven', { kind: 'csat', score, reason: null, text: null })
const state = (events: GoodwordEvent[], rating = true): State => ({ ...nothingYet, config: { ...config, rating }, events })

it('asks when the conversation is closed, for a week, and not before', () => {
  expect(occasion(state([opened()]), AT)).toBeUndefined()
  const closed = state([opened(), status('closed')])
  expect(occasion(closed, AT + 6 * DAY)).toBeDefined()
  expect(occasion(closed, AT + 8 * DAY)).toBeUndefined()
})

it('asks no more when the conversation goes on', () => {
  expect(occasion(state([opened(), status('closed'), status('open')]), AT)).toBeUndefined()
})

it('asks only on an agent’s wish where the channel does not', () => {
  expect(occasion(state([opened(), status('closed')], false), AT)).toBeUndefined()
  expect(occasion(state([opened(), event('RatingAsked', { kind: 'csat' })], false), AT)).toBeDefined()
})

it('shows what was said last, and asks anew after the next end', () => {
  const first = [opened(), status('closed'), given(2), given(4)]
  expect(judged(state(first), occasion(state(first), AT)!)?.score).toBe(4)
  const again = [...first, status('open'), status('closed')]
  expect(judged(state(again), occasion(state(again), AT)!)).toBeNull()
})

it('keeps what was answered in sight when the conversation is taken up again, until the visitor writes', () => {
  const again = [opened(), status('closed'), given(2), status('open'), event('ReplyQueued', { message: {} })]
  expect(occasion(state(again), AT)).toBeDefined()
  expect(occasion(state([...again, event('MessageReceived', { message: {} })]), AT)).toBeUndefined()
})
