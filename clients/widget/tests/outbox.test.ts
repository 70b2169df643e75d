import { expect, it } from 'vitest'
import { acknowledge, add, next, openOutbox, refuse, retry, type Items, type OutboxItem } from '../src/core/outbox'
import { memoryStorage } from '../src/core/storage'

const item = (client_id: string): OutboxItem => ({
  deed: 'message',
  client_id,
  at: 1,
  refused: null,
  text: client_id,
  attachments: [],
  choice: null,
})
const [a, b, c] = [item('a'), item('b'), item('c')]
const ids = (items: Items) => items.map(({ client_id }) => client_id)

it('sends the oldest first', () => {
  expect(next([a, b, c])).toBe(a)
})

it('takes an item once', () => {
  expect(add(add([], a), a)).toEqual([a])
})

it('settles acknowledgements in any order and twice', () => {
  const left = acknowledge(acknowledge([a, b, c], new Set(['c'])), new Set(['a', 'c', 'unknown']))
  expect(ids(left)).toEqual(['b'])
})

it('a refused item does not hold up the others, and goes to the end when tried again', () => {
  const refused = refuse([a, b, c], 'a', 'Too long')
  expect(next(refused)).toBe(b)
  const again = retry(refused, 'a', 9)
  expect(ids(again)).toEqual(['b', 'c', 'a'])
  expect(again[2]).toMatchObject({ refused: null, at: 9 })
})

it('survives a reload', () => {
  const storage = memoryStorage()
  openOutbox(storage, () => {}).add(a)
  openOutbox(storage, () => {}).add(b)
  expect(openOutbox(storage, () => {}).items()).toEqual([a, b])
})
