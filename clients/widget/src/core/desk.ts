import type { GoodwordEvent, Message, Problem } from '@goodword/shared/events'
import type { OwedMessage } from './outbox'
import type { Identity, Session, Visitor } from './session'

/** The server answered and said no; `problem.detail` is a sentence for the person. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Partial<Problem>,
  ) {
    super(problem.detail)
  }

  /** Whether the same request may be taken later. */
  get passing(): boolean {
    return this.problem.retry ?? (this.status === 429 || this.status >= 500)
  }
}

export interface SessionRequest {
  token?: string
  language: string
  page?: string
  title?: string
  referrer?: string
  identity?: Identity
}

export interface Sent {
  message: Message
  conversation_id: string
  seq: number
  cursor: string
}

export interface Batch {
  events: GoodwordEvent[]
  cursor: string
}

/** The visitor's side of the server, one method per request. Rejects with `Refused`, or `TypeError` when it is out of reach. */
export interface Desk {
  /** Sent with every request, once there is one. */
  token: string | null
  session(request: SessionRequest): Promise<Session>
  send(message: OwedMessage): Promise<Sent>
  after(cursor: string): Promise<Batch>
  before(seq: number): Promise<{ events: GoodwordEvent[]; earlier: boolean }>
  typing(on: boolean): Promise<void>
  read(seq: number): Promise<void>
  human(): Promise<void>
  contact(email: string, name: string): Promise<{ customer: Visitor }>
  /** What follows `cursor`; read by fetch, because an EventSource can't send the token. */
  stream(cursor: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>
  /** Any other request. */
  ask(path: string, how?: RequestInit): Promise<Response>
  post<T>(path: string, content: unknown): Promise<T>
  url(path: string): string
  headers(): Record<string, string>
}

const PATIENCE = 30_000

/** @param api where the server answers this channel's visitors, without a slash at the end */
export function openDesk(api: string, language: string): Desk {
  const url = (path: string) => api + path

  const headers = (): Record<string, string> => ({
    'Accept-Language': language,
    ...(desk.token && { Authorization: `Bearer ${desk.token}` }),
  })

  async function ask(path: string, how: RequestInit = {}): Promise<Response> {
    const answer = await fetch(url(path), { cache: 'no-store', ...how, headers: { ...headers(), ...how.headers } })
    if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})))
    return answer
  }

  async function get<T>(path: string): Promise<T> {
    return (await ask(path, { signal: AbortSignal.timeout(PATIENCE) })).json()
  }

  async function post<T>(path: string, content: unknown): Promise<T> {
    const headers = { 'Content-Type': 'application/json' }
    const how = { method: 'POST', headers, body: JSON.stringify(content), signal: AbortSignal.timeout(PATIENCE) }
    const text = await (await ask(path, how)).text()
    return text && JSON.parse(text)
  }

  const desk: Desk = {
    token: null,
    session: (request) => post('/session', request),
    send: ({ client_id, text, attachments, choice }) =>
      post('/messages', { client_id, text, attachments: attachments.map(({ id }) => id), choice: choice ?? undefined }),
    after: (cursor) => get(`/events?after=${encodeURIComponent(cursor)}`),
    before: (seq) => get(`/events?before=${seq}`),
    typing: (on) => post('/typing', { on }),
    read: (seq) => post('/read', { seq }),
    human: () => post('/human', {}),
    contact: (email, name) => post('/contact', { email, name: name || undefined }),
    stream: async (cursor, signal) => {
      const { body } = await ask(`/stream?after=${encodeURIComponent(cursor)}`, { signal })
      if (!body) throw new TypeError('no stream')
      return body
    },
    ask,
    post,
    url,
    headers,
  }
  return desk
}
