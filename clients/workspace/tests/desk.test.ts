import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { createDesk } from '@/app/desk'
import { rowOf } from '@/core/inbox'
import type { Me } from '@/core/model'
import { rowOpenedBy } from '@/core/row'
import { ada, opened } from './cast'

const nothing = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined }

afterEach(() => vi.unstubAllGlobals())

test('deeds on a conversation reach the server in their order, and the last one stays drawn until it has answered', async () => {
  const row = { ...rowOpenedBy(opened(1))!, unread: 0 }
  const asked: { path: string; answer: (row: unknown) => void }[] = []
  vi.stubGlobal('localStorage', nothing)
  vi.stubGlobal('fetch', (path: string) => new Promise((resolve) => asked.push({ path, answer: (row) => resolve(new Response(JSON.stringify(row))) })))
  const desk = createDesk({ ...ada, rights: [] } as unknown as Me, new QueryClient())
  desk.took(row)
  const first = desk.act(row.id, { name: 'unread' }, true)
  const second = desk.act(row.id, { name: 'read', seq: 1 }, true)
  expect(asked.map((one) => one.path)).toEqual([expect.stringContaining('/unread')])
  expect(rowOf(desk.inbox.get(), row.id)!.unread).toBe(0)
  asked[0]!.answer({ conversation: { ...row, unread: 1, seq: 2 } })
  await first
  expect(rowOf(desk.inbox.get(), row.id)!.unread).toBe(0)
  expect(asked.map((one) => one.path.split('/').at(-1))).toEqual(['unread', 'read'])
  asked[1]!.answer({ conversation: { ...row, unread: 0, seq: 3 } })
  await second
  expect(desk.inbox.get().overlay.size).toBe(0)
  expect(rowOf(desk.inbox.get(), row.id)!.unread).toBe(0)
})
