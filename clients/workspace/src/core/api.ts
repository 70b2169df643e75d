/** The door to the server: JSON in and out, errors as problems with a sentence for the person. */

import type { Problem } from '@goodword/shared/events'

export const BASE = '/api/v1'

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title)
    this.name = 'ApiError'
  }

  get status() {
    return this.problem.status
  }
}

/** Nothing came back: no network, or the server is away. The same request may be sent again later. */
export class Unreachable extends Error {
  constructor() {
    super('unreachable')
    this.name = 'Unreachable'
  }
}

/** In characters: browsers keep 64 KB of bodies alive behind a page that was left. */
const MOST_KEPT_ALIVE = 8_000

let language = 'en'

export function speak(tag: string) {
  language = tag
}

/** What is asked for is done, even if the page is left in the same moment. */
export async function request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const form = body instanceof FormData
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language }
  if (body !== undefined && !form) headers['Content-Type'] = 'application/json'
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: signal ?? null }
  if (body !== undefined) init.body = form ? body : JSON.stringify(body)
  init.keepalive = method !== 'GET' && !form && String(init.body ?? '').length < MOST_KEPT_ALIVE

  const [response, said] = await reach(BASE + path, init)
  if (!response.ok) throw new ApiError(problemOf(response, said))
  return (said ? JSON.parse(said) : undefined) as T
}

/** The answer to its last letter: one that broke off in the middle never came. */
async function reach(url: string, init: RequestInit): Promise<[Response, string]> {
  try {
    const response = await fetch(url, init)
    return [response, await response.text()]
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Unreachable()
  }
}

function problemOf(response: Response, said: string): Problem {
  const passing = response.status >= 500 || response.status === 429
  const known = parsed(said)
  const title = known.title ?? `${response.status} ${response.statusText}`.trim()
  return {
    ...known,
    type: known.type ?? '/problems/unknown',
    title,
    status: response.status,
    detail: known.detail ?? title,
    code: known.code ?? 'unknown',
    retry: known.retry ?? passing,
  }
}

/** What stands before us may answer in its own way. */
function parsed(said: string): Partial<Problem> {
  try {
    return (JSON.parse(said) as Partial<Problem> | null) ?? {}
  } catch {
    return {}
  }
}

export const get = <T>(path: string, signal?: AbortSignal) => request<T>('GET', path, undefined, signal)
export const post = <T>(path: string, body: unknown = {}) => request<T>('POST', path, body)
export const put = <T>(path: string, body: unknown) => request<T>('PUT', path, body)
export const patch = <T>(path: string, body: unknown) => request<T>('PATCH', path, body)
export const remove = <T>(path: string) => request<T>('DELETE', path)

/** A query string without the empty values. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return pairs.length ? `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}` : ''
}
