import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { belongs, counted, matches, order, SORTS, type Filter } from '@/core/filter'
import { VIEWS, type Row } from '@/core/model'
import { ada, li, row } from './cast'

const at = (more: Partial<Row>, filter: Filter, me = ada.id) => matches(row(more), filter, me)

describe('a filter', () => {
  it('takes every conversation at work when it asks for nothing', () => {
    expect(at({}, {})).toBe(true)
    expect(at({ status: 'closed' }, {})).toBe(false)
    expect(at({ status: 'closed' }, { view: 'closed' })).toBe(true)
  })

  it('knows whose it is: somebody, nobody, or whoever looks', () => {
    expect(at({ assignee: ada }, { assignee: 'me' })).toBe(true)
    expect(at({ assignee: ada }, { assignee: 'me' }, li.id)).toBe(false)
    expect(at({ assignee: li }, { assignee: li.id })).toBe(true)
    expect(at({ assignee: li }, { assignee: 'none' })).toBe(false)
    expect(at({}, { assignee: 'none', team: 'none' })).toBe(true)
    expect(at({ team: { id: 'tem_1', name: 'Refunds' } }, { team: 'tem_1' })).toBe(true)
  })

  it('narrows by everything that a row shows', () => {
    const shown: Partial<Row> = {
      mood: 'angry',
      tags: ['refund'],
      priority: 'urgent',
      waiting_since: 5,
      fields: { gift: true, order: 'FO-1', parcels: 3 },
    }
    const wanted: Filter = {
      mood: ['angry', 'very_upset'],
      tag: 'refund',
      priority: 'urgent',
      waiting: true,
      language: 'en',
      channel: 'chn_web',
      customer: 'cus_dana',
      status: 'open',
      fields: { gift: 'true', order: 'FO-1', parcels: 3 },
    }
    expect(at(shown, wanted)).toBe(true)
    const others: Filter = {
      mood: ['calm'],
      tag: 'other',
      priority: 'low',
      language: 'fr',
      channel: 'chn_2',
      customer: 'cus_gus',
      status: 'waiting',
      fields: { gift: false },
    }
    for (const [name, value] of Object.entries(others)) expect(at(shown, { ...wanted, [name]: value }), name).toBe(false)
    expect(at({ ...shown, waiting_since: null }, wanted)).toBe(false)
    expect(at({ ...shown, fields: {} }, wanted)).toBe(false)
    expect(at({ ...shown, mood: null }, wanted)).toBe(false)
  })
})

describe('a view', () => {
  it('shows spam only as spam and among the closed, and what was merged away nowhere', () => {
    const spam = row({ spam: true, assignee: ada, queued_at: 5, mentioned: 'new' })
    expect(VIEWS.filter((view) => belongs(spam, view, ada.id))).toEqual(['spam'])
    expect(VIEWS.filter((view) => belongs({ ...spam, status: 'closed' }, view, ada.id))).toEqual(['spam', 'closed'])
    const merged = row({ spam: true, status: 'closed', merged_into: { id: 'cnv_2', number: 2 } })
    expect(VIEWS.filter((view) => belongs(merged, view, ada.id))).toEqual([])
  })

  it('counts new mentions only, and what is closed only as spam', () => {
    expect(counted(row({ mentioned: 'seen' }), 'mentioned', ada.id)).toBe(false)
    expect(counted(row({ mentioned: 'new', status: 'closed' }), 'mentioned', ada.id)).toBe(true)
    expect(counted(row({ status: 'closed' }), 'closed', ada.id)).toBe(false)
    expect(counted(row({ status: 'closed', spam: true }), 'spam', ada.id)).toBe(true)
  })
})

describe('an order', () => {
  const three = [
    row({ id: 'cnv_1', number: 1, last_at: 10, waiting_since: null, priority: 'urgent' }),
    row({ id: 'cnv_2', number: 2, last_at: 20, waiting_since: 15, priority: 'normal' }),
    row({ id: 'cnv_3', number: 3, last_at: 20, waiting_since: 12, priority: 'normal' }),
  ]
  const ordered = (sort: (typeof SORTS)[number]) => [...three].sort(order(sort)).map((one) => one.number)

  it('is by time, by waiting or by priority', () => {
    expect(ordered('newest')).toEqual([3, 2, 1])
    expect(ordered('oldest')).toEqual([1, 2, 3])
    expect(ordered('waiting')).toEqual([3, 2, 1])
    expect(ordered('priority')).toEqual([1, 3, 2])
  })

  it('leaves no two conversations in one place', () => {
    const rows = fc.array(
      fc.record({
        last_at: fc.nat(3),
        waiting_since: fc.option(fc.nat(3)),
        priority: fc.constantFrom('low' as const, 'normal' as const, 'high' as const, 'urgent' as const),
      }),
      { minLength: 2, maxLength: 8 },
    )
    fc.assert(
      fc.property(rows, fc.constantFrom(...SORTS), (given, sort) => {
        const places = given.map((one, number) => ({ ...one, number }))
        const compare = order(sort)
        for (const a of places) {
          for (const b of places) {
            expect(Math.sign(compare(a, b)) === -Math.sign(compare(b, a)) || compare(a, b) === compare(b, a)).toBe(true)
            expect(compare(a, b) === 0).toBe(a === b)
          }
        }
      }),
    )
  })
})
