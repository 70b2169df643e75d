import { describe, expect, it } from 'vitest'
import { emptyFields, filled, languageOf, leftOf, matching, textIn } from '@/core/canned'
import { asked, undoing, wished } from '@/core/deeds'
import { createDrafts, yields } from '@/core/drafts'
import type { ChannelSetting } from '@/core/model'
import { meant, written } from '@/core/setting'
import { age, dayName, HOUR, MINUTE, snoozeChoices } from '@/core/time'
import { ada, handClock, li, memory, row } from './cast'

describe('canned answers', () => {
  const kept = { scope: 'everyone', team_id: null, owner: '', used: 0 } as const
  const greeting = { ...kept, id: 'can_1', key: 'greeting', texts: { en: 'Hello {customer}, order {order}', ko: '{customer} 님, 안녕하세요' } }
  const refund = { ...kept, id: 'can_2', key: 'refund', texts: { en: 'Your refund' } }

  it('come in the customer’s language, else in English', () => {
    expect(textIn(greeting, 'ko')).toBe('{customer} 님, 안녕하세요')
    expect(textIn(refund, 'fr')).toBe('Your refund')
    expect([languageOf(greeting, 'ko'), languageOf(refund, 'fr'), languageOf({ ...refund, texts: { ko: '환불' } }, null)]).toEqual(['ko', 'en', 'ko'])
  })

  it('are found by key before they are found by words', () => {
    const hello = { ...refund, id: 'can_3', key: 'z', texts: { en: 'A greeting' } }
    expect(matching([hello, refund, greeting], 'gre', 'en').map((one) => one.key)).toEqual(['greeting', 'z'])
  })

  it('that are used often come first among equals', () => {
    const [often, seldom] = [{ ...greeting, key: 'green', used: 12 }, { ...greeting, key: 'grey', used: 3 }]
    const words = { ...refund, key: 'a', texts: { en: 'A green one' }, used: 90 }
    expect(matching([greeting, words, seldom, often], 'gre', 'en').map((one) => one.key)).toEqual(['green', 'grey', 'greeting', 'a'])
  })

  it('count while a sentence of them still stands in what is sent', () => {
    const put = [{ id: 'can_1', text: 'Hello Dana, this is Ada. It leaves tomorrow!' }, { id: 'can_2', text: '您好。明天发货。' }]
    expect(leftOf('Dear Dana, it is on its way. It leaves tomorrow! 明天发货。', [...put, put[0]!])).toEqual(['can_1', 'can_2'])
    expect(leftOf('It left yesterday. 明天', put)).toEqual([])
    expect(leftOf('', [{ id: 'can_3', text: ' ' }])).toEqual([])
  })

  it('leave a field without a value to be seen', () => {
    const text = filled(textIn(greeting, 'en'), { customer: 'Dana' })
    expect(text).toBe('Hello Dana, order {order}')
    expect(emptyFields(`${text} {order} {price} {number}`)).toEqual(['{order}', '{number}'])
  })
})

describe('the settings of a channel', () => {
  const setting = (type: ChannelSetting['type'], fallback: unknown = ''): ChannelSetting => ({
    key: 'one', type, default: fallback, required: false, label: 'One',
  })

  it('come back as they were when nothing is changed', () => {
    const same = (one: ChannelSetting, value: unknown) => expect(meant(one, written(one, value))).toEqual(value)
    same(setting('list', []), ['https://fennel-oak.example', 'https://www.fennel-oak.example'])
    same(setting('list', []), [])
    same(setting('boolean', false), true)
    same(setting('number', 3), 12)
    same(setting('color', '#016569'), '#2f5d3a')
    same(setting('text'), 'Bonjour')
  })

  it('fall back to what the channel’s kind says when they are emptied', () => {
    expect(meant(setting('color', '#016569'), ' ')).toBe('#016569')
    expect(meant(setting('number', 3), '')).toBe(3)
    expect(written(setting('color', '#016569'), undefined)).toBe('#016569')
  })

  it('know no empty lines in a list', () => {
    expect(meant(setting('list', []), ' https://a.example \n\n')).toEqual(['https://a.example'])
  })
})

describe('deeds', () => {
  it('are taken back by the deed that leads to where the row stood', () => {
    expect(undoing(row(), { name: 'close' })).toEqual({ name: 'reopen' })
    expect(undoing(row({ status: 'snoozed', snoozed_until: 9 }), { name: 'close' })).toEqual({ name: 'snooze', until: 9 })
    expect(undoing(row({ assignee: li }), { name: 'assign', agent: ada, team: null })).toEqual({ name: 'assign', agent: li, team: null })
    expect(undoing(row({ handler: 'queue' }), { name: 'takeOver' })).toBeNull()
  })

  it('make unread what was read, and read what was unread', () => {
    expect(undoing(row({ unread: 0, seq: 9 }), { name: 'unread' })).toEqual({ name: 'read', seq: 9 })
    expect(undoing(row({ unread: 2 }), { name: 'read', seq: 9 })).toEqual({ name: 'unread' })
    expect(undoing(row({ unread: 2 }), { name: 'unread' })).toBeNull()
    expect(wished(row(), { name: 'unread' }, ada)).toEqual({ unread: 1 })
    expect(asked({ name: 'read', seq: 9 })).toEqual({ path: 'read', body: { seq: 9 } })
  })

  it('are drawn as the server will draw them', () => {
    expect({ ...row(), ...wished(row(), { name: 'takeOver' }, ada) }).toMatchObject({ handler: 'agent', assignee: ada })
    expect(wished(row({ tags: ['a', 'b'] }), { name: 'tag', add: ['c'], remove: ['a'] }, ada)).toEqual({ tags: ['b', 'c'] })
  })

  it('ask with the words of the contract', () => {
    expect(asked({ name: 'takeOver' })).toEqual({ path: 'take-over', body: {} })
    expect(asked({ name: 'assign', agent: li, team: null })).toEqual({ path: 'assign', body: { agent_id: 'agt_li', team_id: null } })
  })
})

describe('drafts', () => {
  function kept() {
    const clock = handClock()
    const storage = memory()
    const saved: [string, string][] = []
    const save = (id: string, draft: { text: string }) => {
      saved.push([id, draft.text])
      return Promise.resolve()
    }
    return { clock, saved, drafts: createDrafts({ storage, save, later: clock.later, cancel: clock.cancel }) }
  }

  it('are here at each key and on the server when the hands rest', () => {
    const { clock, saved, drafts } = kept()
    drafts.write('cnv_dana', { text: 'He', kind: 'reply' })
    clock.forward(300)
    drafts.write('cnv_dana', { text: 'Hello', kind: 'reply' })
    expect(drafts.of('cnv_dana', null).text).toBe('Hello')
    expect(saved).toEqual([])
    clock.forward(800)
    expect(saved).toEqual([['cnv_dana', 'Hello']])
  })

  it('of one conversation are not those of another', () => {
    const { clock, saved, drafts } = kept()
    drafts.write('cnv_dana', { text: 'Dana', kind: 'reply' })
    drafts.write('cnv_gus', { text: 'Gus', kind: 'note' })
    clock.forward(800)
    expect(saved).toEqual([
      ['cnv_dana', 'Dana'],
      ['cnv_gus', 'Gus'],
    ])
  })

  it('come from the server on another device, and are gone after sending', () => {
    const { clock, saved, drafts } = kept()
    expect(drafts.of('cnv_dana', { text: 'from my phone', kind: 'note' }).text).toBe('from my phone')
    drafts.write('cnv_dana', { text: 'Hello', kind: 'reply' })
    drafts.clear('cnv_dana', 'reply')
    clock.forward(800)
    expect(drafts.of('cnv_dana', null).text).toBe('')
    expect(saved).toEqual([['cnv_dana', '']])
  })

  it('give way to another device only where nothing written here is lost', () => {
    expect(yields('', 'from there', '', true)).toBe(true)
    expect(yields('Yes', 'Yes, I am', '', true)).toBe(true)
    expect(yields('Yes, I am', 'No', 'Yes, I am', true)).toBe(true)
    expect(yields('Yes, I am', '', '', true)).toBe(true)
    expect(yields('Yes, I am', '', '', false)).toBe(false)
    expect(yields('Yes, I am', 'No', '', true)).toBe(false)
  })

  it('put back what was to be sent below what is written', () => {
    const { drafts } = kept()
    const told: [string, boolean][] = []
    drafts.watch('cnv_dana', (draft, here) => told.push([draft.text, here]))
    drafts.write('cnv_dana', { text: 'First ', kind: 'reply' })
    drafts.offer('cnv_dana', { text: 'Second', kind: 'reply' })
    expect(told).toEqual([['First\n\nSecond', true]])
    expect([drafts.of('cnv_dana', null).text, drafts.saved('cnv_dana')]).toEqual(['First\n\nSecond', false])
  })

  it('are the newest that any device wrote, unless this one has words that are not saved', async () => {
    const { clock, drafts } = kept()
    const heard: string[] = []
    const stop = drafts.watch('cnv_dana', (draft) => heard.push(draft.text))
    drafts.hear('cnv_dana', { text: 'from my phone', kind: 'reply' })
    expect([heard, drafts.of('cnv_dana', null).text]).toEqual([['from my phone'], 'from my phone'])
    drafts.write('cnv_dana', { text: 'from my desk', kind: 'reply' })
    drafts.hear('cnv_dana', { text: 'and more', kind: 'reply' })
    expect(drafts.of('cnv_dana', null).text).toBe('from my desk')
    clock.forward(800)
    await Promise.resolve()
    stop()
    drafts.hear('cnv_dana', { text: 'sent there', kind: 'reply' })
    expect([heard.length, drafts.of('cnv_dana', null).text]).toEqual([2, 'sent there'])
  })
})

describe('times', () => {
  const noon = new Date(2026, 10, 18, 12, 0).getTime()

  it('are said in one short unit', () => {
    expect([age(noon - 20_000, noon, 'en', 'now'), age(noon - 8 * MINUTE, noon, 'en', 'now'), age(noon - 50 * HOUR, noon, 'en', 'now')]).toEqual(['now', '8m', '2d'])
    expect(age(noon - 8 * MINUTE, noon, 'ko', '방금')).toBe('8분')
  })

  it('name the days that have names', () => {
    expect([dayName(noon, noon, 'en'), dayName(noon - 24 * HOUR, noon, 'fr'), dayName(noon, noon, 'zh-Hant')]).toEqual(['Today', 'Hier', '今天'])
  })

  it('offered for snoozing are to come, and each one only once', () => {
    const sunday = new Date(2026, 10, 22, 20, 0).getTime()
    for (const now of [noon, sunday]) {
      const times = snoozeChoices(now).map((choice) => choice.until)
      expect(times.every((until) => until > now)).toBe(true)
      expect(new Set(times).size).toBe(times.length)
    }
    expect(snoozeChoices(noon).map((choice) => choice.name)).toEqual(['inAnHour', 'laterToday', 'tomorrow', 'nextWeek'])
    expect(snoozeChoices(sunday).map((choice) => choice.name)).toEqual(['inAnHour', 'tomorrow'])
  })
})
