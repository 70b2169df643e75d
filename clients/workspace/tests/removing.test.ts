import { describe, expect, test } from 'vitest'
import type { Actor, EventData, GoodwordEvent, HandoverSummary, Message } from '@goodword/shared/events'
import { applyToConversation, read, type Conversation } from '../src/core/conversation'
import { mayRemove, OWN_WITHIN } from '../src/core/removing'
import { applyToRow } from '../src/core/row'
import { ada, customer, event, li, message, row, START } from './cast'

const LI: Actor = { kind: 'agent', ...li }
const SAYS = 'My card is 4929, please charge it'
const letter = { subject: 'Card', sender: null, reply_to: null, to: [], cc: [], folded: '', arrival_id: 'arr_1', automatic: '', doubt: '', shortened: false, written: true }
const preview = { text: '', author_kind: 'customer', kind: 'removed', at: START } as const

const opened = (events: GoodwordEvent[]): Conversation => ({
  row: row({ seq: events.at(-1)!.seq }),
  customer,
  events,
  earlier: false,
  draft: null,
  scheduled: [],
  streams: ['cnv_dana'],
})
const said = (text: string, more: Partial<Message> = {}) => event(1, 'MessageReceived', { message: message(text, more) })
const removal = (data: Partial<EventData['MessageRemoved']> = {}) =>
  event(9, 'MessageRemoved', { message_id: 'msg_card', kind: 'message', by_customer: true, preview, ...data }, { actor: LI })
const left = (events: readonly GoodwordEvent[]) => JSON.stringify(events)

describe('a message that is removed', () => {
  test('keeps who said it and when, and tells by whom it was removed', () => {
    const file = { id: 'fil_1', name: 'card.png', content_type: 'image/png', size: 3, url: '/files/fil_1' }
    const known = opened([said(SAYS, { id: 'msg_card', attachments: [file], letter })])
    const { events } = applyToConversation(known, [removal()])
    expect(left(events)).not.toMatch(/4929|card\.png|arr_1/)
    const first = events[0]!
    if (first.type !== 'MessageReceived') throw new Error(first.type)
    expect(first.data.message).toMatchObject({ id: 'msg_card', at: START, text: '', removed: { by: LI, at: START + 9000 } })
    expect(first.data.message.letter).toMatchObject({ subject: '', arrival_id: null })
  })

  test('is quoted nowhere: not in a summary, not in an intake, not in a later letter', () => {
    const summary: HandoverSummary = {
      asked: [{ text: SAYS, message_id: 'msg_card' }, { text: 'The lid is broken', message_id: 'msg_lid' }],
      tried: [],
      language: 'en',
      facts: [{ name: 'card', value: '4929', message_id: 'msg_card' }],
    }
    const intake = { what: 'The lid is broken', since: '', wish: SAYS, order: '', evidence: [], skipped: [], asked: '', done: true }
    const quoting = message('Well?', { id: 'msg_2', letter: { ...letter, folded: `> ${SAYS}` } })
    const known = opened([
      said(SAYS, { id: 'msg_card' }),
      event(2, 'HandoverRequested', { reason: 'asked', summary }),
      event(3, 'IntakeGiven', { intake }),
      event(4, 'MessageReceived', { message: quoting }),
    ])
    const { events } = applyToConversation(known, [removal({ quoted_in: ['msg_2'] })])
    expect(left(events)).not.toContain('4929')
    expect(left(events)).toContain('The lid is broken')
    expect(left(events)).toContain('Well?')
  })

  test('leaves the same whoever hears of it, and whenever he came', () => {
    const events = applyToConversation(opened([said(SAYS, { id: 'msg_card' })]), [removal()]).events
    expect(applyToConversation(opened([...events]), [removal()]).events).toEqual(events)
  })

  test('changes the line in the list where that had shown it', () => {
    const before = row({ preview: { ...preview, text: SAYS, kind: 'message' }, undelivered: 'msg_card' })
    expect(applyToRow(before, removal())).toMatchObject({ preview, undelivered: null })
    expect(applyToRow(before, removal({ preview: null })).preview?.text).toBe(SAYS)
  })

  test('shows its line as removed to whoever comes after', () => {
    const gone = message('', { id: 'msg_card', removed: { by: LI, at: START } })
    expect(applyToRow(row(), event(1, 'MessageReceived', { message: gone })).preview).toEqual(preview)
  })

  test('is never sent where it had not left, and had left where it had', () => {
    const queued = event(1, 'ReplyQueued', { message: message('Hello', { id: 'msg_card', author: LI }), deliver_by: null })
    const delivered = event(2, 'Delivered', { message_id: 'msg_card', external_id: null, answer: '250 Ok' })
    const seen = event(10, 'ReadByCustomer', { seq: 9 })
    expect(read([queued, removal(), seen]).delivery.get('msg_card')?.state).toBe('withdrawn')
    expect(read([queued, delivered, removal()]).delivery.get('msg_card')?.state).toBe('sent')
  })
})

describe('who may remove', () => {
  const own = message('Hello', { author: { kind: 'agent', ...ada } })
  const agent = { ...ada, rights: ['conversations.answer'] }
  test('what he has just written himself, and with the right to it everything', () => {
    expect(mayRemove(own, agent, START + OWN_WITHIN)).toBe(true)
    expect(mayRemove(own, agent, START + OWN_WITHIN + 1)).toBe(false)
    expect(mayRemove(own, { ...agent, ...li }, START)).toBe(false)
    expect(mayRemove(message('Hi'), agent, START)).toBe(false)
    expect(mayRemove(message('Hi'), { ...agent, rights: ['conversations.remove'] }, START)).toBe(true)
    expect(mayRemove({ ...own, removed: { by: LI, at: 1 } }, agent, START)).toBe(false)
  })
})
