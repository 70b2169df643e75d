import { describe, expect, it } from 'vitest'
import type { GoodwordEvent, Letter, Party } from '@goodword/shared/events'
import { read } from '@/core/conversation'
import { causeOf, isKeptBack } from '@/core/causes'
import { isLost } from '@/core/delivery'
import { bare, isNewSubject } from '@/core/letters'
import { isMailbox, named, recipients } from '@/core/recipients'
import { timeline } from '@/core/timeline'
import { ada, event, message, opened } from './cast'

const party = (address: string, name = ''): Party => ({ address, name })
const letter = (more: Partial<Letter> = {}): Letter => ({
  subject: 'Kettle lid',
  sender: party('dana@customers.example', 'Dana Evans'),
  reply_to: null,
  to: [party('help@fennel-oak.example')],
  cc: [],
  folded: '',
  arrival_id: 'arr_1',
  automatic: '',
  doubt: '',
  shortened: false,
  written: false,
  ...more,
})
const reply = (seq: number, id: string) =>
  event(seq, 'ReplyQueued', { message: message('Yes', { id, author: { kind: 'agent', ...ada } }), deliver_by: null })

describe('a reply that goes by mail', () => {
  const after = (...events: GoodwordEvent[]) => read([reply(2, 'msg_a'), ...events]).delivery.get('msg_a')!
  const sent = event(3, 'Delivered', { message_id: 'msg_a', external_id: 'x', answer: '250 2.0.0 Ok: queued as 4F2' })
  const bounced = event(5, 'Bounced', {
    message_id: 'msg_a', recipient: 'dana@customers.example', status: '5.1.1', action: 'failed', detail: 'no such user', arrival_id: null,
  })

  it('is sent when the other server has taken it, with that server’s words', () => {
    expect(after(sent)).toMatchObject({ state: 'sent', answer: '250 2.0.0 Ok: queued as 4F2', at: sent.at })
    expect(after(event(3, 'Delivered', { message_id: 'msg_a', external_id: null })).state).toBe('delivered')
  })

  it('waits for its next try, and is lost when there is none', () => {
    const failed = (final: boolean, retry_at: number | null) =>
      after(event(3, 'DeliveryFailed', { message_id: 'msg_a', reason: 'busy', final, retry_at, detail: '451 4.7.1 later' }))
    expect(failed(false, 99)).toMatchObject({ state: 'retrying', retryAt: 99, answer: '451 4.7.1 later' })
    expect(isLost(failed(false, 99))).toBe(false)
    expect(isLost(failed(true, null))).toBe(true)
  })

  it('has come back after it had been sent, and is under way again when somebody has it sent once more', () => {
    expect(after(sent, bounced)).toMatchObject({ state: 'bounced', recipient: 'dana@customers.example', status: '5.1.1', answer: 'no such user' })
    expect(after(sent, bounced, event(6, 'ReplyRequeued', { message_id: 'msg_a' })).state).toBe('queued')
  })

  it('is spoken of between the words when it is lost, not while it is tried again', () => {
    const told = (event: GoodwordEvent) => timeline([event], null, () => 'today').filter((item) => item.kind === 'notice').length
    const failed = { message_id: 'msg_a', reason: 'busy', retry_at: null }
    expect([told(bounced), told(event(3, 'DeliveryFailed', { ...failed, final: true })), told(event(3, 'DeliveryFailed', { ...failed, final: false }))]).toEqual([1, 1, 0])
  })

  it.each([
    ['5.1.1', '', 'address'],
    ['5.1.2', '', 'address'],
    ['5.2.1', '', 'address'],
    ['5.2.2', '', 'full'],
    ['5.2.3', '', 'large'],
    ['5.3.4', '', 'large'],
    ['5.4.4', '', 'away'],
    ['5.6.0', '', 'content'],
    ['5.7.1', '', 'blocked'],
    ['5.1.8', '', 'sender'],
    ['5.0.0', 'smtp; 550 5.1.1 User unknown', 'address'],
    ['5.0.0', 'smtp; 550 No', 'refused'],
    ['', '550 5.7.26 unauthenticated mail', 'blocked'],
    ['', '552 Quota exceeded', 'full'],
    ['', '550-Requested action not taken', 'refused'],
    ['', '421 try later', 'away'],
    ['', 'connection lost after 550 bytes', null],
    ['', '', null],
  ])('%s “%s” means %s', (status, answer, cause) => {
    expect(causeOf({ status, answer })).toBe(cause)
  })
})

it('is told why it was not sent in the words of our own side first, and is not offered again what was kept back', () => {
  expect(causeOf({ reason: 'too_large', answer: '554 no' })).toBe('large')
  expect(causeOf({ reason: 'refused', answer: '554 5.6.0 no' })).toBe('content')
  expect(causeOf({ reason: 'status_500' })).toBeNull()
  expect([causeOf({ reason: 'machine' }), causeOf({ reason: 'timeout' }), null].map(isKeptBack)).toEqual([true, false, false])
})

describe('the subject of a letter', () => {
  it.each(['Re: Kettle lid', 'AW: RE: Kettle  lid', 'TR : Kettle lid', '回复：Kettle lid', 'Re[2]: [EXTERNAL] Kettle lid [#12-1a2b3c4d]', 'kettle LID', ''])('says nothing new as “%s”', (subject) => {
    expect(isNewSubject(subject, 'Kettle lid')).toBe(false)
  })

  it('is said when it is another', () => {
    expect(isNewSubject('Re: My invoice', 'Kettle lid')).toBe(true)
    expect(isNewSubject('Kettle lid', null)).toBe(true)
  })

  it('keeps words that only look like what stands before an answer', () => {
    expect(bare('Refund: kettle')).toBe('Refund: kettle')
    expect(bare('Reply needed')).toBe('Reply needed')
  })
})

describe('to whom an answer goes', () => {
  const own = (address: string) => isMailbox('help@fennel-oak.example', address)
  const heard = (seq: number, of: Letter | null) => event(seq, 'MessageReceived', { message: message(`m${seq}`, { letter: of }) })

  it('is whoever wrote last, or whom he names for answers', () => {
    const first = heard(2, letter({ sender: party('gus@customers.example') }))
    expect(recipients([first, heard(3, letter())], own)!.to).toEqual([party('dana@customers.example', 'Dana Evans')])
    expect(recipients([heard(2, letter({ reply_to: party('office@dana.example') }))], own)!.to).toEqual([party('office@dana.example')])
    expect(recipients([heard(2, letter({ reply_to: party('', 'Dana') }))], own)!.to[0]!.address).toBe('dana@customers.example')
  })

  it('is nobody in particular where the newest words are no letter', () => {
    expect(recipients([heard(2, letter()), heard(3, null)], own)).toBeNull()
    expect(recipients([opened(1)], own)).toBeNull()
  })

  it('is no machine, unless nobody else has written', () => {
    const away = heard(3, letter({ sender: party('machine@customers.example'), automatic: 'reply' }))
    expect(recipients([heard(2, letter()), away], own)!.to[0]!.address).toBe('dana@customers.example')
    expect(recipients([away], own)!.to[0]!.address).toBe('machine@customers.example')
  })

  it('leaves out ourselves, under the signed address too, and names nobody twice', () => {
    const to = [party('Help+12.ab@fennel-oak.example'), party('gus@customers.example', 'Gus Brandt')]
    const cc = [party('GUS@customers.example'), party('dana@customers.example'), party('', 'undisclosed')]
    expect(recipients([heard(2, letter({ to, cc }))], own)!.cc).toEqual([party('gus@customers.example', 'Gus Brandt')])
  })

  it('knows the mailbox from its neighbours', () => {
    expect(own('helpdesk@fennel-oak.example')).toBe(false)
    expect(own('help@fennel-oak.example.evil.example')).toBe(false)
    expect(isMailbox('', '')).toBe(false)
  })

  it('is written as one writes to people', () => {
    expect([party('a@b.example', 'A'), party('a@b.example'), party('', 'A'), party('a@b.example', 'a@b.example')].map(named)).toEqual(['A <a@b.example>', 'a@b.example', 'A', 'a@b.example'])
  })
})

it('leads to the conversation that it follows, and says nothing where there is none', () => {
  const notices = (first: GoodwordEvent) => timeline([first], null, () => 'today').filter((item) => item.kind === 'notice').length
  const plain = opened(1)
  expect(notices(plain)).toBe(0)
  expect(notices({ ...plain, data: { ...plain.data, follows: { id: 'cnv_old', number: 12 } } } as GoodwordEvent)).toBe(1)
})
