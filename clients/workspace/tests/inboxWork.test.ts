/** What the inbox does with many rows: places, bulk deeds, saved views, search. */

import { describe, expect, it } from 'vitest'
import { askedOfMany, changes, portions, reversals, wishedOfMany } from '@/core/bulk'
import { drift } from '@/core/counting'
import { brought, gathered } from '@/core/found'
import { show, take } from '@/core/held'
import { order } from '@/core/filter'
import { emptyInbox, mergeRows } from '@/core/inbox'
import type { SearchResult } from '@/core/model'
import { fits, foundFirst } from '@/core/palette'
import { filterOf, narrowed, parameters, placeOf, searchOf, sought, toggledMood, withOne } from '@/core/place'
import { recentFirst, remember, remembered } from '@/core/recents'
import { ada, li, memory, row } from './cast'

describe('an address', () => {
  const search = searchOf({ team: 'tem_1', mood: 'angry,very_upset', waiting: 'yes', 'field.reason': 'delivery', sort: 'waiting', saved: 'viw_1', nonsense: 1 })

  it('knows what narrows a view and leaves out what it does not know', () => {
    expect(search).not.toHaveProperty('nonsense')
    expect(narrowed(search).map(([name]) => name)).toEqual(['team', 'mood', 'waiting', 'field.reason'])
    expect(searchOf({ q: 42, tag: '' })).toEqual({ q: '42' })
  })

  it('comes back from the filter it is kept as', () => {
    const filter = filterOf('unassigned', search)
    expect(filter).toEqual({ view: 'unassigned', team: 'tem_1', mood: ['angry', 'very_upset'], waiting: true, sort: 'waiting', fields: { reason: 'delivery' } })
    expect(placeOf(filter, 'viw_1')).toEqual({ view: 'unassigned', search })
  })

  it('is searched in whatever the view, narrowed by all else', () => {
    const query = new URLSearchParams(sought('水壶 from:dana', search, '12.3'))
    expect([query.get('view'), query.get('sort'), query.get('saved')]).toEqual([null, null, null])
    expect([query.get('q'), query.get('before'), query.get('team'), query.get('waiting')]).toEqual(['水壶 from:dana', '12.3', 'tem_1', '1'])
    expect(query.getAll('mood')).toEqual(['angry', 'very_upset'])
    expect(query.get('field.reason')).toBe('delivery')
    expect(sought('kettle', {})).toBe('?q=kettle&limit=30')
  })

  it('asks the server for each mood by itself, and never for the words', () => {
    const query = new URLSearchParams(parameters('all', { ...search, q: 'kettle' }, { limit: 50, before: null }))
    expect(query.getAll('mood')).toEqual(['angry', 'very_upset'])
    expect(Object.fromEntries(query)).toMatchObject({ view: 'all', team: 'tem_1', waiting: '1', 'field.reason': 'delivery', limit: '50' })
    for (const name of ['q', 'saved', 'before']) expect(query.has(name)).toBe(false)
  })

  it('changes by one thing at a time', () => {
    expect(withOne({ tag: 'refund' }, 'team', 'tem_1')).toEqual({ tag: 'refund', team: 'tem_1' })
    expect(withOne({ tag: 'refund', team: 'tem_1' }, 'tag', null)).toEqual({ team: 'tem_1' })
    expect(toggledMood('angry', 'calm')).toBe('angry,calm')
    expect(toggledMood('angry,calm', 'angry')).toBe('calm')
  })
})

describe('a deed to many', () => {
  const open = row({ id: 'cnv_1' })
  const asleep = row({ id: 'cnv_2', status: 'snoozed', snoozed_until: 9 })
  const done = row({ id: 'cnv_3', status: 'closed' })

  it('is taken back by as few deeds as lead each row to where it stood', () => {
    expect(reversals([open, asleep, done, row({ id: 'cnv_4' })], { name: 'close' })).toEqual([
      { deed: { name: 'reopen' }, ids: ['cnv_1', 'cnv_4'] },
      { deed: { name: 'snooze', until: 9 }, ids: ['cnv_2'] },
    ])
    const given = [row({ id: 'cnv_1', assignee: li }), row({ id: 'cnv_2' }), row({ id: 'cnv_3', assignee: ada })]
    expect(reversals(given, { name: 'assign', agent: ada, team: null })).toEqual([
      { deed: { name: 'assign', agent: li, team: null }, ids: ['cnv_1'] },
      { deed: { name: 'assign', agent: null, team: null }, ids: ['cnv_2'] },
    ])
  })

  it('leaves a tag where it was before', () => {
    const rows = [row({ id: 'cnv_1', tags: ['refund'] }), row({ id: 'cnv_2', tags: ['vip'] })]
    expect(reversals(rows, { name: 'tag', add: ['refund'], remove: [] })).toEqual([
      { deed: { name: 'tag', add: [], remove: ['refund'] }, ids: ['cnv_2'] },
    ])
    expect(wishedOfMany(rows[0]!, { name: 'tag', add: ['refund'], remove: [] }, ada)).toEqual({ tags: ['refund'] })
  })

  it('makes unread what was read and the other way round, where that changes anything', () => {
    expect(reversals([row({ unread: 3 }), row({ id: 'cnv_2' })], { name: 'read' })).toEqual([{ deed: { name: 'unread' }, ids: ['cnv_dana'] }])
    expect(reversals([row({ unread: 3 }), row({ id: 'cnv_2' })], { name: 'unread' })).toEqual([{ deed: { name: 'read' }, ids: ['cnv_2'] }])
    expect(changes(row({ unread: 0 }), { name: 'read' })).toBe(false)
    expect(changes(row({ unread: 2 }), { name: 'unread' })).toBe(false)
    expect(wishedOfMany(row(), { name: 'unread' }, ada)).toEqual({ unread: 1 })
  })

  it('asks with the words of the contract, in portions', () => {
    expect(askedOfMany({ name: 'spam', on: false })).toEqual({ name: 'not_spam' })
    expect(askedOfMany({ name: 'assign', agent: li, team: null })).toEqual({ name: 'assign', agent_id: 'agt_li', team_id: null })
    expect(askedOfMany({ name: 'snooze', until: 5 })).toEqual({ name: 'snooze', until: 5 })
    expect(portions(['a', 'b', 'c'], 2)).toEqual([['a', 'b'], ['c']])
  })
})

describe('the count of a saved view', () => {
  const angry = { id: 'viw_1', filter: { view: 'all' as const, mood: ['angry' as const] } }
  const before = mergeRows(emptyInbox(ada.id), [row({ id: 'cnv_1', mood: 'angry' }), row({ id: 'cnv_2' })])

  it('moves with the rows that are here', () => {
    const one = mergeRows(before, [row({ id: 'cnv_2', mood: 'angry', seq: 1 })])
    expect(drift(before, one, [angry], ada.id)).toEqual({ by: { viw_1: 1 }, unsure: false })
    const none = mergeRows(one, [row({ id: 'cnv_1', mood: 'angry', status: 'closed', seq: 2 }), row({ id: 'cnv_2', seq: 2 })])
    expect(drift(one, none, [angry], ada.id).by).toEqual({ viw_1: -2 })
  })

  it('is the server’s to say when others come in', () => {
    const more = mergeRows(before, [row({ id: 'cnv_3', mood: 'angry' })])
    expect(drift(before, more, [angry], ada.id)).toEqual({ by: {}, unsure: true })
    expect(drift(before, before, [angry], ada.id)).toEqual({ by: {}, unsure: false })
  })
})

describe('a held list in another order', () => {
  const patient = row({ id: 'cnv_1', waiting_since: 10, last_at: 1 })
  const later = row({ id: 'cnv_2', waiting_since: 20, last_at: 9 })

  it('counts who has waited longer than the first, and lets in at its end', () => {
    const held = take([patient, later])
    const longest = row({ id: 'cnv_3', waiting_since: 5, last_at: 2 })
    const shortest = row({ id: 'cnv_4', waiting_since: 30, last_at: 99 })
    const shown = show(held, [longest, patient, later, shortest], new Set(), order('waiting'))
    expect(shown).toMatchObject({ ids: ['cnv_1', 'cnv_2', 'cnv_4'], newer: 1 })
  })
})

describe('what a search found', () => {
  const hit = (id: string, seq: number, more: Parameters<typeof row>[0] = {}): SearchResult => ({
    conversation: row({ id, ...more }),
    message_id: `msg_${seq}`,
    seq,
    at: seq,
    author: { kind: 'customer', id: 'cus_dana', name: 'Dana Evans' },
    kind: 'message',
    snippet: [{ text: 'kettle', hit: true }],
  })

  it('is gathered by conversation, each place once', () => {
    const found = gathered([hit('cnv_1', 5), hit('cnv_2', 6), hit('cnv_1', 3), hit('cnv_1', 5)], (one) => one)
    expect(found.map(({ row, hits }) => [row.id, hits.map(({ seq }) => seq)])).toEqual([['cnv_1', [5, 3]], ['cnv_2', [6]]])
  })

  it('shows its conversations as they are by now', () => {
    const found = gathered([hit('cnv_1', 5)], (one) => ({ ...one, status: 'closed' }))
    expect(found.map(({ row }) => row.status)).toEqual(['closed'])
  })
})

describe('a snippet', () => {
  const long = { text: 'Hello, I sent my planter box back over a week ago, where is my ', hit: false }
  const hit = { text: 'refund', hit: true }

  it('begins shortly before what was found, at a word', () => {
    expect(brought([long, hit, { text: '?', hit: false }])).toEqual([{ text: '…week ago, where is my ', hit: false }, hit, { text: '?', hit: false }])
  })

  it('stays whole when it is short, or when nothing in it was found', () => {
    for (const whole of [[{ text: '我的', hit: false }, hit], [long]]) expect(brought(whole)).toEqual(whole)
  })
})

describe('what was chosen lately', () => {
  it('comes first, once, and only a few', () => {
    const storage = memory()
    for (const one of ['a', 'b', 'a', 'c', 'd']) remember(storage, 'gw.test', one, 3)
    expect(remembered(storage, 'gw.test')).toEqual(['d', 'c', 'a'])
    const lines = ['x', 'a', 'd'].map((id) => ({ id }))
    expect(recentFirst(lines, ['d', 'c', 'a']).map(({ id }) => id)).toEqual(['d', 'a', 'x'])
  })

  it('is nothing when the storage holds nonsense', () => {
    const storage = memory()
    storage.setItem('gw.test', '{"a":')
    expect(remembered(storage, 'gw.test')).toEqual([])
  })
})

describe('the palette', () => {
  it('finds by words in any order, with or without accents, in any script', () => {
    expect(fits('Aller à En veille', 'veille aller')).toBe(true)
    expect(fits('Réglages: Équipe', 'equipe')).toBe(true)
    expect(fits('김민준 #12', '김민')).toBe(true)
    expect(fits('已关闭', '未分')).toBe(false)
  })

  it('puts lines with a word that begins so before the others', () => {
    const lines = ['Unassigned', 'Assign', 'Go to: Assistant'].map((words) => ({ words }))
    expect(foundFirst(lines, 'ass').map(({ words }) => words)).toEqual(['Assign', 'Go to: Assistant', 'Unassigned'])
  })
})
