import { describe, expect, it } from 'vitest'
import type { GoodwordEvent } from '@goodword/shared/events'
import { browserOf } from '@/core/browser'
import { createKeys } from '@/core/bindings'
import type { Preferences } from '@/core/model'
import { completed, isQuiet, loudest, occasionOf, shouldSound, shouldTell } from '@/core/notify'
import { SECTIONS } from '@/settings/sections'
import { found } from '@/settings/search'

const LI = { id: 'agt_li', availability: 'available' as const }
const ADA = { kind: 'agent' as const, id: 'agt_ada', name: 'Ada Silva' }
const DANA = { kind: 'customer' as const, id: 'cus_dana', name: 'Dana Evans' }
const NOON = Date.UTC(2026, 10, 20, 12)

function event(type: string, data: object, actor: object = DANA): GoodwordEvent {
  return { seq: 1, id: 'evt_1', type, at: NOON, stream: 'cnv_1', actor, cause: null, data } as unknown as GoodwordEvent
}

const wrote = event('MessageReceived', { message: { text: 'Where is my kettle?' } })
const assigned = event('Assigned', { agent: { id: LI.id, name: 'Li Na' }, team: null, previous: null, reason: 'routed' }, ADA)
const called = event('NoteAdded', { message: { mentions: [{ id: LI.id, name: 'Li Na' }] } }, ADA)
const queued = event('Queued', { position: 1, estimate_seconds: null })
const mine = { assignee: { id: LI.id, name: 'Li Na' }, mood: 'calm' as const }
const angry = { ...mine, mood: 'angry' as const }
const all = (more: Partial<Preferences> = {}) => completed({ ...more, sounds: { ...completed().sounds, messages: 'all', queue: true, ...more.sounds } })

describe('what an event is to a person', () => {
  it.each([
    ['a message in a conversation of his own', wrote, mine, 'message'],
    ['the same from somebody angry', wrote, angry, 'risky'],
    ['a message in a colleague’s', wrote, { assignee: { id: 'agt_ada', name: 'Ada' }, mood: 'angry' as const }, null],
    ['a message where nobody knows whose it is', wrote, undefined, null],
    ['being given a conversation', assigned, undefined, 'assigned'],
    ['being called by an @', called, undefined, 'mentioned'],
    ['a whisper', event('Whispered', { to: { id: LI.id, name: 'Li Na' } }, ADA), undefined, 'mentioned'],
    ['a whisper to somebody else', event('Whispered', { to: { id: 'agt_jun', name: 'Jun' } }, ADA), undefined, null],
    ['a note without a name', event('NoteAdded', { message: {} }, ADA), undefined, null],
    ['a reply of his own conversation that came back', event('Bounced', { message_id: 'm' }), mine, 'lost'],
    ['one that failed for good', event('DeliveryFailed', { final: true }), mine, 'lost'],
    ['one that is tried again', event('DeliveryFailed', { final: false }), mine, null],
    ['a lost reply in a colleague’s', event('Bounced', { message_id: 'm' }), undefined, null],
    ['somebody in the queue', queued, undefined, 'queue'],
    ['what he has done himself', event('Assigned', { agent: { id: LI.id, name: 'Li Na' } }, { kind: 'agent', id: LI.id, name: 'Li Na' }), undefined, null],
  ])('%s', (_, happened, row, occasion) => {
    expect(occasionOf(happened, LI, row)).toBe(occasion)
  })
})

describe('what is heard', () => {
  it('is only what is risky or meant for one, as long as nobody wants more', () => {
    const sounds = (row: typeof mine | typeof angry) => shouldSound(wrote, LI, completed(), NOON, row)
    expect([sounds(mine), sounds(angry)]).toEqual([null, 'risky'])
    expect(shouldSound(assigned, LI, completed(), NOON)).toBe('assigned')
    expect(shouldSound(queued, LI, completed(), NOON)).toBe(null)
  })

  it('is what was chosen', () => {
    expect(shouldSound(wrote, LI, all(), NOON, mine)).toBe('message')
    expect(shouldSound(queued, LI, all(), NOON)).toBe('queue')
    expect(shouldSound(wrote, LI, all({ sounds: { ...all().sounds, messages: 'none' } }), NOON, angry)).toBe(null)
    expect(shouldSound(assigned, LI, all({ sounds: { ...all().sounds, assigned: false } }), NOON)).toBe(null)
    expect(shouldSound(called, LI, all({ sounds: { ...all().sounds, mentioned: false } }), NOON)).toBe(null)
  })

  it('is nothing where sounds are off, in quiet hours, or without volume', () => {
    const quiet_hours = { from: '11:00', to: '13:00', time_zone: 'UTC' }
    for (const preferences of [all({ sounds: { ...all().sounds, on: false } }), all({ quiet_hours }), all({ sounds: { ...all().sounds, volume: 0 } })]) {
      for (const happened of [wrote, assigned, called, queued]) expect(shouldSound(happened, LI, preferences, NOON, angry)).toBe(null)
    }
  })

  it('is in focus only what is risky or calls by name', () => {
    const focused = all({ focus: true })
    expect([wrote, assigned, called, queued].map((happened) => shouldSound(happened, LI, focused, NOON, mine))).toEqual([null, null, 'mentioned', null])
    expect(shouldSound(wrote, LI, focused, NOON, angry)).toBe('risky')
  })

  it('is less for who is away, and for who is off only a call by name', () => {
    const as = (availability: 'away' | 'offline') => [wrote, assigned, called, queued].map((one) => shouldSound(one, { ...LI, availability }, all(), NOON, mine))
    expect(as('away')).toEqual(['message', 'assigned', 'mentioned', null])
    expect(as('offline')).toEqual([null, null, 'mentioned', null])
  })

  it('is the gravest of several', () => {
    expect(loudest(['queue', null, 'risky', 'assigned'])).toBe('risky')
    expect(loudest([null])).toBe(null)
  })
})

it('tells out of sight only whoever asked for it', () => {
  expect(shouldTell(assigned, LI, all(), NOON)).toBe(null)
  expect(shouldTell(assigned, LI, all({ desktop: true, sounds: { ...all().sounds, on: false } }), NOON)).toBe('assigned')
})

describe('quiet hours', () => {
  const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 20, hour, minute)
  const quiet = (from: string, to: string, now: number, time_zone = 'UTC') => isQuiet({ from, to, time_zone }, now)

  it.each([
    ['22:00', '07:00', at(21, 59), false],
    ['22:00', '07:00', at(22), true],
    ['22:00', '07:00', at(3), true],
    ['22:00', '07:00', at(7), false],
    ['12:00', '13:00', at(12, 59), true],
    ['12:00', '13:00', at(13), false],
    ['00:00', '00:00', at(0), false],
  ])('from %s to %s', (from, to, now, expected) => expect(quiet(from, to, now)).toBe(expected))

  it('are those of the place', () => {
    expect(quiet('22:00', '07:00', at(14), 'Asia/Seoul')).toBe(true)
    expect(quiet('22:00', '07:00', at(14), 'Europe/Paris')).toBe(false)
    expect(isQuiet(null, at(3))).toBe(false)
  })
})

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge, Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1', 'Safari, iPhone'],
  ['python-httpx/0.28', ''],
])('calls a browser as its owner does', (agent, name) => expect(browserOf(agent)).toBe(name))

it('keeps keys with the account', () => {
  const kept = new Map<string, string>([['gw.keys', '{"done":"y"}']])
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) }
  const keys = createKeys(storage)
  expect(keys.now.get().done).toBe('y')
  const told: object[] = []
  keys.follow({ snooze: 's' }, (own) => told.push(own))
  expect([keys.now.get().done, keys.now.get().snooze]).toEqual(['e', 's'])
  keys.bind('done', 'd')
  keys.reset()
  expect(told).toEqual([{ snooze: 's', done: 'd' }, {}])
})

it('finds settings by title, by words and without accents', () => {
  const french: Record<string, string> = { 'settings.audit': 'Journal d’audit', 'settings.group.security': 'Sécurité', 'settings.audit.words': 'qui a fait quoi' }
  const t = (key: string) => french[key] ?? key
  const ids = (typed: string) => found(SECTIONS, typed, t).map(({ id }) => id)
  expect(ids('JOURNAL')).toEqual(['audit'])
  expect(ids('securite')).toContain('audit')
  expect(ids('fait quoi')).toEqual(['audit'])
  expect(ids('nichts')).toEqual([])
  expect(ids('  ')).toHaveLength(SECTIONS.length)
})
