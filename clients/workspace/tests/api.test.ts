import { afterEach, describe, expect, test, vi } from 'vitest'
import { ApiError, Unreachable, get } from '@/core/api'

const answered = (body: BodyInit | null, init: ResponseInit = {}) => vi.stubGlobal('fetch', async () => new Response(body, init))

/** An answer of which the head and some letters arrive. */
const brokenOff = (begun: string) =>
  new ReadableStream({
    start(line) {
      line.enqueue(new TextEncoder().encode(begun))
    },
    pull(line) {
      line.error(new TypeError('network error'))
    },
  })

afterEach(() => vi.unstubAllGlobals())

describe('what comes back', () => {
  test('is read, and may be nothing', async () => {
    answered('{"a":1}')
    expect(await get('/x')).toEqual({ a: 1 })
    answered(null, { status: 204 })
    expect(await get('/x')).toBeUndefined()
  })

  test('never came when the line was cut in the middle of it', async () => {
    answered(brokenOff('{"a"'))
    await expect(get('/x')).rejects.toBeInstanceOf(Unreachable)
    answered(brokenOff('{"reason"'), { status: 409 })
    await expect(get('/x')).rejects.toBeInstanceOf(Unreachable)
  })

  test('is a problem in its own words, or in those of whatever stands before the server', async () => {
    answered('{"detail":"Li has answered.","reason":"answered_meanwhile","retry":false}', { status: 409 })
    const problem = await get('/x').catch((error: ApiError) => error.problem)
    expect(problem).toMatchObject({ detail: 'Li has answered.', reason: 'answered_meanwhile', retry: false })
    for (const page of ['<h1>Bad gateway</h1>', '', 'null']) {
      answered(page, { status: 502, statusText: 'Bad Gateway' })
      expect(await get('/x').catch((error: ApiError) => error.problem)).toMatchObject({ title: '502 Bad Gateway', retry: true })
    }
  })
})
