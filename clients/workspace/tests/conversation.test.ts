import { describe, expect, it } from 'vitest'
import { applyToConversation, beyond, fromPage, isMissing, questions, read, withEarlier, withMissing, withPlace } from '@/core/conversation'
import { interleaved } from '@/core/everything'
import { threads } from '@/core/threads'
import { timeline } from '@/core/timeline'
import { ada, customer, event, li, message, opened, row, START } from './cast'

const page = () => fromPage({ conversation: row({ seq: 1 }), customer, events: [opened(1)], earlier: false, cursor: '1', draft: null, scheduled: [], streams: ['cnv_dana'] })
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

describe('a place far back in a conversation', () => {
  const said = (...seqs: number[]) => seqs.map((seq) => event(seq, 'MessageReceived', { message: message(`m${seq}`) }))
  const newest = () => ({ ...page(), events: said(90, 91), earlier: true })
  const far = () => withPlace(newest(), said(20, 21, 22), true, true)
  const seqs = (one: { events: readonly { seq: number }[] }) => one.events.map((event) => event.seq)

  it('is fetched alone, with a gap between it and the newest', () => {
    expect([isMissing(newest(), 21), isMissing(newest(), 90)]).toEqual([true, false])
    expect([seqs(far()), far().gap, beyond(far()), far().earlier]).toEqual([[20, 21, 22, 90, 91], 22, 90, true])
    expect([isMissing(far(), 21), isMissing(far(), 50), isMissing(far(), 91), isMissing(far(), 7)]).toEqual([false, true, false, true])
    expect(timeline(far().events, null, String, 'cnv_dana', far().gap).map((item) => item.kind).filter((kind) => kind !== 'day')).toEqual([
      'message', 'message', 'message', 'gap', 'message', 'message',
    ])
  })

  it('leaves no gap where it reaches the newest', () => {
    expect(withPlace(newest(), said(88, 89, 90), true, true).gap).toBeNull()
    expect(withPlace(newest(), said(88, 89), false, false).gap).toBeNull()
  })

  it('fills its gap from above and from below', () => {
    const above = withMissing(far(), said(23, 24), 'above', false)
    expect([seqs(above), above.gap]).toEqual([[20, 21, 22, 23, 24, 90, 91], 24])
    const below = withMissing(above, said(88, 89), 'below', false)
    expect([seqs(below), below.gap, beyond(below)]).toEqual([[20, 21, 22, 23, 24, 88, 89, 90, 91], 24, 88])
    expect(withMissing(below, said(25, 88), 'above', false).gap).toBeNull()
    expect(withMissing(below, said(24, 25, 87), 'below', false).gap).toBeNull()
    expect(withMissing(below, [], 'below', true).gap).toBeNull()
  })

  it('is forgotten when one goes to another: there is one gap at a time', () => {
    const other = withPlace(far(), said(50, 51), true, true)
    expect([seqs(other), other.gap]).toEqual([[50, 51, 90, 91], 51])
  })

  it('hears what is new meanwhile', () => {
    const heard = applyToConversation(far(), said(92))
    expect([seqs(heard), heard.gap]).toEqual([[20, 21, 22, 90, 91, 92], 22])
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

  it('is to be read again from where somebody wants it, until it is read or the customer writes', () => {
    const heard = event(5, 'MessageReceived', { message: message('Hello') })
    const told = [heard, event(6, 'ReadByAgent', { seq: 5, unread: 0 }), event(7, 'MarkedUnread', { seq: 4, unread: 1 })]
    expect(read(told)).toMatchObject({ readByAgent: 4, newestFromCustomer: 5, markedUnread: 7 })
    expect(read([...told, event(8, 'ReadByAgent', { seq: 7, unread: 0 })])).toMatchObject({ readByAgent: 7, markedUnread: 0 })
    expect(read([...told, event(8, 'MessageReceived', { message: message('?') })])).toMatchObject({ readByAgent: 4, markedUnread: 0 })
  })

  it('finds the question that an answer of the assistant belongs to', () => {
    const decided = event(3, 'AssistantDecided', { message_id: 'msg_q', decision: 'answer', rule: 'r', trace: {} })
    const author = { kind: 'assistant', id: null, name: 'Assistant' } as const
    const answer = event(4, 'ReplyQueued', { message: message('Yes', { id: 'msg_a', author }), deliver_by: null })
    expect([...questions([decided, answer, reply(5, 'msg_b')])]).toEqual([['msg_a', 'msg_q']])
    expect(questions([answer]).size).toBe(0)
  })
})

describe('a problem that is reported part by part', () => {
  const intake = { what: 'The lid leaks', since: '', wish: '', order: '', evidence: [], skipped: [], asked: 'since', done: false }

  it('counts as it was told last', () => {
    const first = event(2, 'IntakeGiven', { intake })
    const second = event(3, 'IntakeGiven', { intake: { ...intake, since: 'Monday', done: true } })
    expect(read([first]).intake?.since).toBe('')
    expect(read([first, second]).intake).toMatchObject({ since: 'Monday', done: true })
    expect(read([]).intake).toBeNull()
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

  it('shows moved messages in their new conversation alone, until they are moved back', () => {
    const standing = { last_at: START, waiting_since: null, unread: 0, preview: { text: '', author_kind: 'customer' as const, kind: 'message' as const, at: START }, scheduled: 0 }
    const into = { id: 'cnv_new', number: 1043 }
    const off = event(3, 'MessagesSplitOff', { into, message_ids: ['msg_m1'], standing })
    const back = event(4, 'SplitUndone', { into, message_ids: ['msg_m1'], standing })
    const shown = (...events: Parameters<typeof timeline>[0][number][]) =>
      timeline([said(1, 0), said(2, 1), ...events], null, dayOf).flatMap((item) => (item.kind === 'message' ? item.key : []))
    expect(shown(off)).toEqual(['msg_m2'])
    expect(shown(off, back)).toEqual(['msg_m1', 'msg_m2'])
    const here = event(1, 'MessagesMovedHere', { source: into, messages: [message('m1'), message('m2')], seqs: [71, 72], standing }, { stream: 'cnv_new' })
    expect(timeline([here], null, dayOf).flatMap((item) => (item.kind === 'message' ? item.seq : []))).toEqual([71, 72])
  })

  it('tells nothing of merging and splitting that were undone', () => {
    const standing = { last_at: START, waiting_since: null, unread: 0, preview: { text: '', author_kind: 'customer' as const, kind: 'message' as const, at: START }, scheduled: 0 }
    const other = { id: 'cnv_other', number: 7 }
    const joined = event(3, 'ConversationJoined', { source: other, messages: 1, standing })
    const left = event(4, 'ConversationLeft', { source: other, standing })
    const off = event(5, 'MessagesSplitOff', { into: other, message_ids: ['msg_m1'], standing })
    const moved = event(6, 'MessagesMovedHere', { source: other, messages: [message('m1')], seqs: [1], standing }, { stream: 'cnv_other' })
    const back = event(7, 'SplitUndone', { into: other, message_ids: ['msg_m1'], standing })
    const again = event(8, 'ConversationJoined', { source: other, messages: 0, standing })
    const kinds = (...events: Parameters<typeof timeline>[0][number][]) =>
      timeline([said(1, 0), ...events], null, dayOf, 'cnv_dana').map((item) => (item.kind === 'notice' ? item.event.type : item.kind))
    expect(kinds(joined)).toEqual(['day', 'message', 'ConversationJoined'])
    expect(kinds(joined, left)).toEqual(['day', 'message'])
    expect(kinds(off, moved, back, again)).toEqual(['day', 'message'])
  })

  it('announces the words of a conversation that was merged into this one', () => {
    const other = { ...said(2, 1), stream: 'cnv_other' }
    const kinds = timeline([said(1, 0), other, said(3, 2)], null, dayOf, 'cnv_dana').map((item) => (item.kind === 'elsewhere' ? item.stream : item.kind))
    expect(kinds).toEqual(['day', 'message', 'cnv_other', 'message', 'cnv_dana', 'message'])
  })

  it('keeps the replies that wait for their time', () => {
    const scheduled = (seq: number, id: string, send_at: number) =>
      event(seq, 'ReplyScheduled', { scheduled_id: id, text: id, send_at, then: null, until: null, only_if_silent: true, attachments: [] }, { actor: { kind: 'agent', ...ada } })
    const waiting = applyToConversation(page(), [scheduled(2, 'later', 900), scheduled(3, 'soon', 100)])
    expect(waiting.scheduled.map((one) => [one.id, one.author.name])).toEqual([['soon', 'Ada Silva'], ['later', 'Ada Silva']])
    const sent = applyToConversation(waiting, [event(4, 'ScheduledReplySent', { scheduled_id: 'soon', message_id: 'msg_1' })])
    expect(sent.scheduled.map((one) => one.id)).toEqual(['later'])
    const changed = applyToConversation(waiting, [event(4, 'ReplyRescheduled', { scheduled_id: 'later', text: 'Better', send_at: 50, author: li })])
    expect(changed.scheduled.map((one) => [one.id, one.text, one.send_at, one.author.name])).toEqual([
      ['later', 'Better', 50, 'Li Na'],
      ['soon', 'soon', 100, 'Ada Silva'],
    ])
    expect(changed.row.scheduled).toBe(2)
  })
})

describe('side threads', () => {
  const started = event(1, 'SideThreadStarted', { thread_id: 't1', title: 'Refund?', members: [li] })
  const saidThere = (seq: number, thread_id: string) => event(seq, 'SideThreadSaid', { thread_id, message: message(`s${seq}`) })

  it('hold what was said in each, and open again when somebody speaks', () => {
    const closed = event(3, 'SideThreadClosed', { thread_id: 't1' })
    expect(threads([started, saidThere(2, 't1'), closed]).map((one) => [one.title, one.messages.length, one.closed])).toEqual([['Refund?', 1, true]])
    expect(threads([started, closed, saidThere(4, 't1')])[0]).toMatchObject({ closed: false, members: [li] })
    expect(threads([saidThere(4, 't9')])[0]).toMatchObject({ title: '', closed: false })
  })
})

describe('all of a person', () => {
  it('stands in the order in which it happened, each event once', () => {
    const [one, two, three] = [1, 2, 3].map((seq) => event(seq, 'LeftQueue', {}))
    expect(interleaved([one!, three!], [[two!], [one!]]).map((event) => event.seq)).toEqual([1, 2, 3])
  })
})
