import { describe, expect, it } from 'vitest'
import type { GoodwordEvent, Letter, Message, Party } from '@goodword/shared/events'
import { drop, faultOf, forwardOf, hindrance, isAddress, partiesIn, put, separates } from '@/core/addresses'
import { addressed, createAddressings, UNADDRESSED } from '@/core/addressing'
import { read } from '@/core/conversation'
import { posted, type Outgoing } from '@/core/outbox'
import { briefly, readers } from '@/core/names'
import { everybody, isMailbox, recipients } from '@/core/recipients'
import { applyToRow } from '@/core/row'
import { ada, event, memory, message, opened, row, START } from './cast'

const party = (address: string, name = ''): Party => ({ address, name })
const dana = party('dana@customers.example', 'Dana Evans')
const gus = party('gus@customers.example', 'Gus Brandt')
const kim = party('minjun@customers.example', '김민준')
const own = (address: string) => isMailbox('help@fennel-oak.example', address)
const PLAIN: Letter = { ...UNADDRESSED, sender: null, reply_to: null, folded: '', arrival_id: null, automatic: '', doubt: '', shortened: false, written: false }
const letter = (more: Partial<Letter> = {}): Letter => ({ ...PLAIN, to: [party('help@fennel-oak.example')], sender: dana, subject: 'Kettle lid', ...more })
const heard = (seq: number, of: Letter | null) => event(seq, 'MessageReceived', { message: message(`m${seq}`, { letter: of }) })
const reply = (seq: number, of: Partial<Letter> | null, kind: Message['author']['kind'] = 'agent') =>
  event(seq, 'ReplyQueued', {
    message: message(`r${seq}`, { author: { kind, ...ada }, letter: of && { ...PLAIN, ...of } }),
    deliver_by: null,
  })
const to = (...events: GoodwordEvent[]) => recipients(events, own)

describe('to whom an answer goes after an agent has addressed one', () => {
  it('is those whom he chose, in To and Cc, and never those in Bcc', () => {
    expect(to(heard(2, letter()), reply(3, { to: [gus], cc: [dana], bcc: [kim] }))).toEqual({ to: [gus], cc: [dana] })
  })

  it('is whoever has written after that', () => {
    expect(to(heard(2, letter()), reply(3, { to: [gus] }), heard(4, letter()))!.to).toEqual([dana])
  })

  it('is not changed by a reply that passes something on, by one to the usual recipients, or by what the assistant says', () => {
    const first = heard(2, letter())
    expect(to(first, reply(3, { to: [gus], forwards: 'msg_m2' }))!.to).toEqual([dana])
    expect(to(first, reply(3, null))!.to).toEqual([dana])
    expect(to(first, reply(3, { to: [gus] }, 'assistant'))!.to).toEqual([dana])
  })

  it('is not changed by a machine, nor by whom it was only passed on to', () => {
    const chosen = reply(3, { to: [gus] })
    const away = heard(4, letter({ sender: party('away@customers.example'), automatic: 'reply' }))
    const outsider = heard(5, letter({ sender: kim, outside: true }))
    expect(to(heard(2, letter()), chosen, away, outsider)!.to).toEqual([gus])
    expect(to(heard(2, letter()), outsider)!.to).toEqual([dana])
    expect(to(reply(1, { to: [gus] }), away)!.to).toEqual([gus])
  })

  it('is known where we wrote first, without ourselves', () => {
    expect(to(opened(1), reply(2, { to: [dana, party('HELP+12.ab@fennel-oak.example')], cc: [party('Dana@customers.example'), gus] }))).toEqual({ to: [dana], cc: [gus] })
  })
})

describe('addresses that are typed or pasted', () => {
  it.each([
    ['dana@customers.example', [dana.address]],
    ['Dana Evans <dana@customers.example>, gus@customers.example; kim@customers.example', [dana.address, gus.address, 'kim@customers.example']],
    ['dana@customers.example\ngus@customers.example\n', [dana.address, gus.address]],
    ['"Evans, Dana" <dana@customers.example>，gus@customers.example', [dana.address, gus.address]],
    ['mailto:dana@customers.example', [dana.address]],
    ['Gus', ['Gus']],
    [' ; , ', []],
  ])('%j are %j', (text, addresses) => {
    expect(partiesIn(text).map((one) => one.address)).toEqual(addresses)
  })

  it('keep the name that stands before them', () => {
    expect(partiesIn('"Evans, Dana" <dana@customers.example>')).toEqual([party('dana@customers.example', 'Evans, Dana')])
    expect(partiesIn('김민준 <minjun@customers.example>')).toEqual([kim])
  })

  it('end where the next begins, and not within a name in quotes', () => {
    expect(['dana@customers.example,', 'a@b.example c', '"Evans, Dana', 'Dana <d@x.example'].map(separates)).toEqual([true, false, false, false])
  })

  it.each(['dana@customers.example', "o'hara+1@mail.customers.example", '지원@customers.example'])('%s is one', (address) => expect(isAddress(address)).toBe(true))
  it.each(['dana', 'dana@', '@customers.example', 'dana@customers', 'a b@c.example', 'a@b..example', 'a@b.example,', ''])('%j is none', (address) => expect(isAddress(address)).toBe(false))
})

describe('a letter that is being addressed', () => {
  const some = addressed({ to: [dana], cc: [gus] })

  it('names nobody twice: he stands where he was put last', () => {
    expect(put(some, 'bcc', [party('GUS@customers.example', 'Gus')])).toMatchObject({ to: [dana], cc: [], bcc: [party('GUS@customers.example', 'Gus')] })
    expect(put(some, 'to', [kim, kim, party('')])).toMatchObject({ to: [dana, kim], cc: [gus] })
    expect(drop(some, 'to', 'Dana@customers.example').to).toEqual([])
  })

  it('can’t go out to nobody, to ourselves, to what is no address, or to a crowd', () => {
    expect(hindrance(some, own)).toBeNull()
    expect(hindrance(addressed({ cc: [gus] }), own)).toBe('missing')
    expect(hindrance(put(some, 'cc', [party('Gus')]), own)).toBe('faulty')
    expect(faultOf(party('help+1.ab@fennel-oak.example'), own)).toBe('own')
    const crowd = Array.from({ length: 51 }, (_, at) => party(`a${at}@customers.example`))
    expect(hindrance(addressed({ to: crowd }), own)).toBe('tooMany')
  })

  it('passes on another message to those who were chosen for the first, and forgets for whom an answer was meant', () => {
    expect(forwardOf({ ...some, forwards: 'msg_1' }, 'msg_2')).toEqual({ ...some, forwards: 'msg_2' })
    expect(forwardOf(some, 'msg_2')).toEqual({ ...UNADDRESSED, forwards: 'msg_2' })
  })

  it('stays through a reload until it is as usual again', () => {
    const storage = memory()
    createAddressings(storage, 'key').write('cnv_dana', some)
    const again = createAddressings(storage, 'key')
    expect(again.get()).toEqual({ cnv_dana: some })
    again.write('cnv_dana', null)
    expect(storage.getItem('key')).toBeNull()
    storage.setItem('key', '{')
    expect(createAddressings(storage, 'key').get()).toEqual({})
  })

  it('is called by the first of those whom it goes to', () => {
    expect([[dana], [dana, gus], [kim], [party('x@y.example')], []].map(briefly)).toEqual(['Dana', 'Dana +1', '김민준', 'x@y.example', ''])
    expect(readers(addressed({ to: [dana], cc: [gus], bcc: [kim] }))).toBe('Dana +2')
  })
})

it('knows everybody whom the letters name, last first, without ourselves', () => {
  expect(everybody([heard(2, letter({ cc: [gus] })), reply(3, { to: [kim] })], own)).toEqual([kim, dana, gus])
})

describe('what is passed on', () => {
  const before = row({ waiting_since: START, unread: 2, undelivered: 'msg_x', seq: 1 })

  it('answers nobody: the customer waits on', () => {
    expect(applyToRow(before, reply(2, { forwards: 'msg_m1' }))).toMatchObject({ waiting_since: START, unread: 2, undelivered: 'msg_x', seq: 2 })
    expect(applyToRow(before, reply(2, { to: [gus] }))).toMatchObject({ waiting_since: null, unread: 0, undelivered: null })
    expect(read([reply(2, { forwards: 'msg_m1' })]).answered).toBe(false)
  })
})

describe('what leaves the outbox', () => {
  const entry: Outgoing = { client_id: 'c', conversation_id: 'cnv_dana', kind: 'reply', text: 'Hello', attachments: [], then: null, until: null, at: 0, state: 'sending', problem: null, attempts: 0 }
  const chosen = addressed({ to: [gus], bcc: [kim] })

  it('says to whom it goes only where that was chosen', () => {
    expect(posted(entry).body).not.toHaveProperty('letter')
    expect(posted({ ...entry, letter: null }).body).not.toHaveProperty('letter')
    expect(posted({ ...entry, letter: chosen })).toMatchObject({ path: '/conversations/cnv_dana/replies', body: { letter: chosen } })
    expect(posted({ ...entry, kind: 'note', letter: chosen }).body).not.toHaveProperty('letter')
  })

  it('begins a conversation', () => {
    const { path, body } = posted({ ...entry, letter: { ...chosen, subject: 'Your order' }, begins: { channel_id: 'chn_mail', customer_id: null }, then: 'close', canned: ['can_ready'] })
    expect(path).toBe('/conversations')
    expect(body).toEqual({ client_id: 'c', text: 'Hello', attachments: [], channel_id: 'chn_mail', customer_id: null, to: [gus], cc: [], bcc: [kim], subject: 'Your order', then: 'close', canned: ['can_ready'] })
  })
})
