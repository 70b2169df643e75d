import { describe, expect, it } from 'vitest'
import { byLoad, share, span, type AgentAtWork } from '../src/core/wall'

const agent = (name: string, more: Partial<AgentAtWork> = {}): AgentAtWork => ({
  id: name,
  name,
  availability: 'available',
  online: true,
  load: 0,
  max_load: 6,
  heated: 0,
  paused_until: null,
  ...more,
})

describe('a span', () => {
  it('has the units that matter', () => {
    expect(span(38_000, 'en')).toBe('38 sec')
    expect(span(250_000, 'en')).toBe('4 min')
    expect(span(80 * 60_000, 'en')).toBe('1 hr 20 min')
    expect(span(120 * 60_000, 'fr')).toBe('2\u202fh')
  })
  it('is written as the language does', () => {
    expect(span(250_000, 'ko')).toBe('4분')
    expect(span(250_000, 'zh-Hans')).toBe('4分钟')
  })
})

describe('a share', () => {
  it('is told in whole percents, and not at all of nothing', () => {
    expect(share(2, 3)).toBe(67)
    expect(share(0, 0)).toBeNull()
  })
})

describe('the people', () => {
  it('come with the most anger first, then the fullest, the absent last', () => {
    const people = [
      agent('Ada', { online: false }),
      agent('Jun', { load: 1 }),
      agent('Li', { load: 5 }),
      agent('Noor', { heated: 1, load: 1 }),
      agent('Théo', { paused_until: 1, availability: 'away' }),
    ]
    expect(byLoad(people).map((one) => one.name)).toEqual(['Noor', 'Li', 'Jun', 'Théo', 'Ada'])
  })
})
