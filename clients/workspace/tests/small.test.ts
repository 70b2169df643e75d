import { describe, expect, it } from 'vitest'
import { emptyFields, filled, matching, slashWord, textIn } from '@/core/canned'
import { asked, undoing, wished } from '@/core/deeds'
import { createDrafts } from '@/core/drafts'
import type { ChannelSetting } from '@/core/model'
import { meant, written } from '@/core/setting'
import { age, dayName, HOUR, MINUTE, snoozeChoices } from '@/core/time'
import { ada, handClock, li, memory, row } from './cast'

describe('canned answers', () => {
  const greeting = { id: 'can_1', key: 'greeting', texts: { en: 'Hello {customer}, order {order}', ko: '{customer} 님, 안녕하세요' } }
  const refund = { id: 'can_2', key: 'refund', texts: { en: 'Your refund' } }

  it('are asked for by a slash that begins a word', () => {
    expect(slashWord('/gre', 4)).toEqual({ word: 'gre', start: 0 })
    expect(slashWord('Hi /인사', 6)).toEqual({ word: '인사', start: 3 })
    expect(slashWord('and/or', 6)).toBeNull()
    expect(slashWord('/gre eting', 10)).toBeNull()
  })

  it('come in the customer’s language, else in English', () => {
    expect(textIn(greeting, 'ko')).toBe('{customer} 님, 안녕하세요')
    expect(textIn(refund, 'fr')).toBe('Your refund')
  })

  it('are found by key before they are found by words', () => {
    const hello = { ...refund, id: 'can_3', key: 'z', texts: { en: 'A greeting' } }
    expect(matching([hello, refund, greeting], 'gre', 'en').map((one) => one.key)).toEqual(['greeting', 'z'])
  })

  it('leave a field without a value to be seen', () => {
    const text = filled(textIn(greeting, 'en'), { customer: 'Dana' })
    expect(text).toBe('Hello Dana, order {order}')
    expect(emptyFields(text)).toEqual(['{order}'])
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
