import { describe, expect, it } from 'vitest'
import { answeredBy, applyToConversation, fromPage, read, withEarlier } from '@/core/conversation'
import { timeline } from '@/core/timeline'
import { ada, customer, event, message, opened, row, START } from './cast'

const page = () => fromPage({ conversation: row({ seq: 1 }), customer, events: [opened(1)], earlier: false, cursor: '1', draft: null })
const reply = (seq: number, id: string) =>
  event(seq, 'ReplyQueued', { message: message('Yes', { id, author: { kind: 'agent', ...ada }, client_id: `c-${id}` }), deliver_by: null })

describe('a conversation', () => {
  it('keeps its events in order, each once, from overlapping batches', () => {
    const events = [2, 3, 4, 5].map((seq) => event(seq, 'MessageReceived', { message: message(`m${seq}`) }))
    const once = applyToConversation(applyToConversation(page(), events.slice(0, 3)), [events[3]!, events[1]!, events[2]!])
    expect(once.events.map((one) => one.seq)).toEqual([1, 2, 3, 4, 5])
    expect(once.row.unread).toBe(4)
    expect(applyToConversation(once, events)).toBe(once)
  })

  it('learns the name that the customer gives', () => {
    const named = { id: 'cus_dana', name: 'Dana E.', anonymous: false }
    expect(applyToConversation(page(), [event(2, 'CustomerRenamed', { customer: named })]).customer.name).toBe('Dana E.')
  })

  it('puts older events before those that are here', () => {
    const later = { ...page(), events: [event(9, 'LeftQueue', {})], earlier: true }
    const all = withEarlier(later, [opened(1), event(9, 'LeftQueue', {})], false)
    expect(all.events.map((one) => one.seq)).toEqual([1, 9])
    expect(all.earlier).toBe(false)
  })
})

describe('reading a time line', () => {
  it('follows a reply from queued to read', () => {
    const state = (...events: Parameters<typeof read>[0]) => read([reply(2, 'msg_a'), ...events]).delivery.get('msg_a')?.state
    const delivered = event(3, 'Delivered', { message_id: 'msg_a', external_id: null })
    expect(state()).toBe('queued')
    expect(state(delivered)).toBe('delivered')
    expect(state(delivered, event(4, 'ReadByCustomer', { seq: 3 }))).toBe('read')
    expect(state(event(3, 'DeliveryFailed', { message_id: 'msg_a', reason: 'gone', final: false, retry_at: 1 }))).toBe('retrying')
    expect(state(event(3, 'DeliveryFailed', { message_id: 'msg_a', reason: 'gone', final: true, retry_at: null }))).toBe('failed')
  })

  it('does not call read what was sent after the reading', () => {
    const { delivery } = read([reply(2, 'msg_a'), event(3, 'ReadByCustomer', { seq: 2 }), reply(4, 'msg_b')])
    expect([delivery.get('msg_a')?.state, delivery.get('msg_b')?.state]).toEqual(['read', 'queued'])
  })

  it('knows whether a person has answered since the hand-over', () => {
    const handover = event(3, 'HandoverRequested', { reason: 'asked' })
    expect(read([reply(2, 'msg_a'), handover]).answered).toBe(false)
    expect(read([handover, reply(4, 'msg_a')]).answered).toBe(true)
  })

  it('finds the question that an answer of the assistant belongs to', () => {
    const decided = event(3, 'AssistantDecided', { message_id: 'msg_q', decision: 'answer', rule: 'r', trace: {} })
    const answer = reply(4, 'msg_a')
    expect(answeredBy([decided, answer], answer)).toBe('msg_q')
    expect(answeredBy([answer], answer)).toBeNull()
  })
})

describe('the drawn time line', () => {
  const said = (seq: number, minutes: number) =>
    event(seq, 'MessageReceived', { message: message(`m${seq}`, { at: START + minutes * 60_000 }) }, { at: START + minutes * 60_000 })
  const dayOf = (at: number) => String(Math.floor((at - START) / 86_400_000))

  it('groups what one person says within three minutes', () => {
    const items = timeline([said(1, 0), said(2, 1), said(3, 9)], null, dayOf).filter((item) => item.kind === 'message')
    expect(items.map((item) => [item.first, item.last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ])
  })

  it('draws each day once and the unread line before the first new words', () => {
    const kinds = timeline([said(1, 0), said(2, 1500), said(3, 1510)], 1, dayOf).map((item) => item.kind)
    expect(kinds).toEqual(['day', 'message', 'day', 'unread', 'message', 'message'])
  })

  it('is silent about what goes without saying', () => {
    const change = (seq: number, status: 'open' | 'waiting' | 'closed', previous: 'open' | 'waiting') =>
      event(seq, 'StatusChanged', { status, previous, until: null, reason: 'reply' })
    const kinds = timeline([change(1, 'waiting', 'open'), change(2, 'closed', 'waiting')], null, dayOf).map((item) => item.kind)
    expect(kinds).toEqual(['day', 'notice'])
  })
})
