import { describe, expect, it } from 'vitest'
import { greetingFor, matches, soonest, type Moment, type Rule } from '../src/greet/rules'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 20, 9)

const rule = (more: Partial<Rule> = {}): Rule => ({
  id: 'returns',
  text: 'Any question about returns?',
  pages: [],
  seconds: 10,
  scroll: 0,
  visits: 1,
  always: false,
  quiet_days: 7,
  ...more,
})

const moment = (more: Partial<Moment> = {}): Moment => ({
  path: '/returns/policy',
  seconds: 30,
  scroll: 40,
  visits: 1,
  available: true,
  busy: false,
  greeted: false,
  dismissed: {},
  now: NOW,
  ...more,
})

describe('a greeting', () => {
  it('is the first of those that fit', () => {
    const rules = [rule({ id: 'late', seconds: 60 }), rule({ id: 'second' }), rule({ id: 'third' })]
    expect(greetingFor(rules, moment())?.id).toBe('second')
  })

  it.each([
    ['on another page', rule({ pages: ['/cart*'] }), moment()],
    ['too early', rule({ seconds: 31 }), moment()],
    ['before enough was read', rule({ scroll: 50 }), moment()],
    ['on a first visit when it is for those who return', rule({ visits: 2 }), moment()],
    ['while nobody is there', rule(), moment({ available: false })],
    ['while the visitor is busy', rule(), moment({ busy: true })],
    ['twice in a visit', rule(), moment({ greeted: true })],
    ['within the days of quiet', rule(), moment({ dismissed: { returns: NOW - 6 * DAY } })],
  ])('is not said %s', (_, one, when) => {
    expect(greetingFor([one], when)).toBeNull()
  })

  it('is said again when the days of quiet are over, and another one before', () => {
    expect(greetingFor([rule()], moment({ dismissed: { returns: NOW - 7 * DAY } }))?.id).toBe('returns')
    expect(greetingFor([rule({ id: 'other' })], moment({ dismissed: { returns: NOW } }))?.id).toBe('other')
  })

  it('is said while nobody is there when it was meant so', () => {
    expect(greetingFor([rule({ always: true })], moment({ available: false }))).not.toBeNull()
  })

  it('waits for the earliest that can still come on this page', () => {
    const rules = [rule({ seconds: 90 }), rule({ seconds: 45 }), rule({ seconds: 31, pages: ['/cart'] })]
    expect(soonest(rules, moment())).toBe(15)
    expect(soonest([rule({ visits: 9 })], moment())).toBeNull()
    expect(soonest([rule({ scroll: 90 })], moment())).toBeNull()
  })
})

it.each([
  ['/returns*', '/returns', true],
  ['/returns*', '/returns/policy', true],
  ['*/checkout', '/fr/checkout', true],
  ['/a*b*c', '/a-1-b-2-c', true],
  ['/returns', '/returns/', false],
  ['/p.ge', '/page', false],
  ['*', '/', true],
])('the pattern %s means the path %s: %s', (pattern, path, meant) => {
  expect(matches(pattern, path)).toBe(meant)
})
