import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Actor, EventData, EventType, GoodwordEvent, Message } from '@goodword/shared/events'
import type { Config, ConversationSnapshot, Visitor } from '../src/core/session'

export const config: Config = {
  company: 'Fennel & Oak',
  assistant_name: 'Sage',
  language: 'en',
  languages: ['en', 'fr', 'ko', 'zh-Hans', 'zh-Hant'],
  available: true,
  reply_expectation: 'minutes',
  greeting: 'Hello! How can we help with your kitchen or garden?',
  brand: { color: null, logo: null },
  help_url: null,
  hours: '',
  articles: true,
  intake: true,
  rating: true,
  by_mail: false,
  questions: [],
  limits: {
    text: 5000,
    file_bytes: 5_000_000,
    file_types: ['image/png', 'image/jpeg', 'application/pdf'],
    files_per_message: 5,
  },
}

export const liNa: Actor = { kind: 'agent', id: 'agt_li', name: 'Li Na' }
export const sage: Actor = { kind: 'assistant', id: null, name: 'Sage' }
export const system: Actor = { kind: 'system', id: null, name: '' }

/** What can go wrong on the way, as a test wishes it. */
export interface Faults {
  /** Nobody answers at all. */
  down: boolean
  /** Streams are refused. */
  noStream: boolean
  /** The server takes so many messages without its answer coming through. */
  loseAnswers: number
  /** The server refuses messages with this text. */
  refuse: string | null
  /** Streams end after so many frames. */
  framesPerStream: number
}

/** A server that keeps to the contract's visitor part, for one visitor, in memory. */
export class FakeDesk {
  readonly events: GoodwordEvent[] = []
  readonly faults: Faults = { down: false, noStream: false, loseAnswers: 0, refuse: null, framesPerStream: Infinity }
  readonly requests: string[] = []
  customer: Visitor = { id: 'cus_dana', name: 'Dana Evans', email: null, anonymous: true }
  conversation: ConversationSnapshot | null = null
  config: Config = structuredClone(config)
  sessions = 0
  pageSize = 50
  origin = ''
  typed: boolean[] = []
  read: number[] = []
  /** What a page may be served besides, by path. */
  page: (path: string) => { type: string; body: string | Buffer; headers?: Record<string, string> } | null = () => null
  private readonly streams = new Set<ServerResponse>()
  private readonly server = createServer((request, response) => void this.answer(request, response))
  private readonly taken = new Map<string, { body: unknown }>()
  private now = Date.now() - 600_000

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve))
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
    return this
  }

  async stop() {
    for (const stream of this.streams) stream.destroy()
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  /** Appends an event and sends it down every stream. */
  append<T extends EventType>(type: T, actor: Actor, data: EventData[T]): GoodwordEvent {
    const seq = (this.events.at(-1)?.seq ?? 100) + 3
    this.now = Math.max(this.now + 20_000, type === 'MessageReceived' ? Date.now() - 60_000 : 0)
    const stream = this.conversation?.id ?? 'cnv_none'
    const event = { seq, id: `evt_${seq}`, type, at: this.now, stream, actor, cause: null, data } as GoodwordEvent
    this.events.push(event)
    for (const response of this.streams) this.frame(response, [event])
    return event
  }

  say(actor: Actor, text: string, more: Partial<Message> = {}): GoodwordEvent {
    return this.append('ReplyQueued', actor, { message: this.message(actor, text, more), deliver_by: null })
  }

  open(handler: ConversationSnapshot['handler'] = 'assistant') {
    const id = `cnv_${this.events.length + 1}`
    this.conversation = {
      id,
      number: 1,
      status: 'open',
      handler,
      queue_position: null,
      assignee: null,
      last_read_seq: 0,
      unread: 0,
    }
    this.append('ConversationOpened', system, {
      conversation_id: id,
      number: 1,
      channel: { id: 'chn_1', kind: 'webchat', name: 'Shop' },
      customer: { id: this.customer.id, name: 'Dana Evans', anonymous: true },
      language: 'en',
      subject: null,
      handler,
    })
  }

  /** Cuts every stream as a failing network would. */
  cut() {
    for (const stream of this.streams) stream.destroy()
    this.streams.clear()
  }

  send(event: string, data: unknown) {
    for (const response of this.streams) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  get listening(): number {
    return this.streams.size
  }

  get texts(): string[] {
    return this.events.flatMap((event) => (event.type === 'MessageReceived' ? [event.data.message.text] : []))
  }

  private message(author: Actor, text: string, more: Partial<Message>): Message {
    const id = `msg_${this.events.length + 1}`
    const bare = { language: null, client_id: null, attachments: [], sources: [], choices: [], template: null }
    return { id, kind: 'message', author, text, at: this.now + 20_000, ...bare, ...more }
  }

  private frame(response: ServerResponse, events: GoodwordEvent[]) {
    response.write(`id: ${events.at(-1)?.seq}\nevent: events\ndata: ${JSON.stringify(events)}\n\n`)
    const left = (response as { left?: number }).left ?? this.faults.framesPerStream
    ;(response as { left?: number }).left = left - 1
    if (left <= 1) {
      this.streams.delete(response)
      response.end()
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '', 'http://desk')
    const path = url.pathname.replace(/^\/chat\/v1\/[^/]+/, '')
    if (path === url.pathname) return this.serve(path, response)
    if (this.faults.down) return request.socket.destroy()
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*, Authorization')
    response.setHeader('Access-Control-Max-Age', '600')
    if (request.method === 'OPTIONS') return response.writeHead(204).end()
    this.requests.push(`${request.method} ${path}`)
    const body = await bodyOf(request)
    if (path === '/stream') return this.stream(url, response)
    if (path === '/files') return this.file(response, body)
    const json = body.length ? (JSON.parse(body.toString()) as Record<string, never>) : {}
    if (path === '/messages') return this.take(request, response, json)
    const [status, content] = this.plain(request.method ?? '', path, url, json)
    response
      .writeHead(status, { 'Content-Type': 'application/json' })
      .end(content === null ? '' : JSON.stringify(content))
  }

  private plain(method: string, path: string, url: URL, body: Record<string, never>): [number, unknown] {
    switch (`${method} ${path}`) {
      case 'POST /session':
        this.sessions += 1
        return [200, this.session()]
      case 'POST /typing':
        this.typed.push(body.on as unknown as boolean)
        return [204, null]
      case 'POST /read':
        this.read.push(body.seq as unknown as number)
        return [204, null]
      case 'POST /human':
        if (!this.conversation) this.open()
        this.append('HandoverRequested', system, { reason: 'asked' })
        return [202, null]
      case 'POST /contact':
        this.customer = { ...this.customer, email: body.email as unknown as string }
        return [200, { customer: this.customer }]
      case 'GET /events':
        return [200, this.page_(url)]
      default:
        return [404, { code: 'not_found', detail: 'There is nothing here.', retry: false }]
    }
  }

  private session() {
    const events = this.events.slice(-this.pageSize)
    return {
      token: 'tok_dana',
      cursor: String(this.events.at(-1)?.seq ?? 0),
      customer: this.customer,
      conversation: this.conversation,
      events,
      earlier: this.events.length > events.length,
      config: this.config,
    }
  }

  private page_(url: URL) {
    const after = url.searchParams.get('after')
    if (after !== null) {
      const events = this.events.filter(({ seq }) => seq > Number(after))
      return { events, cursor: String(events.at(-1)?.seq ?? after) }
    }
    const older = this.events.filter(({ seq }) => seq < Number(url.searchParams.get('before')))
    return { events: older.slice(-this.pageSize), earlier: older.length > this.pageSize }
  }

  private stream(url: URL, response: ServerResponse) {
    if (this.faults.noStream)
      return response.writeHead(503, { 'Content-Type': 'application/json' }).end('{"retry":true}')
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write(': beat\n\n')
    this.streams.add(response)
    response.on('close', () => this.streams.delete(response))
    const missed = this.events.filter(({ seq }) => seq > Number(url.searchParams.get('after')))
    if (missed.length) this.frame(response, missed)
  }

  private take(request: IncomingMessage, response: ServerResponse, body: Record<string, never>) {
    const { client_id, text } = body as unknown as { client_id: string; text: string }
    if (text === this.faults.refuse) {
      const problem = { code: 'bad_input', status: 400, detail: 'That can’t be sent.', retry: false }
      return response.writeHead(400, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(problem))
    }
    const known = this.taken.get(client_id)
    if (!known) {
      if (!this.conversation || this.conversation.status === 'closed') this.open()
      const dana: Actor = { kind: 'customer', id: this.customer.id, name: 'Dana Evans' }
      const message = this.message(dana, text, { client_id, at: Date.now() })
      const { seq } = this.append('MessageReceived', dana, { message })
      this.taken.set(client_id, { body: { message, conversation_id: this.conversation?.id, seq, cursor: String(seq) } })
    }
    if (this.faults.loseAnswers-- > 0) return request.socket.destroy()
    response.writeHead(known ? 200 : 202, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(this.taken.get(client_id)?.body))
  }

  private file(response: ServerResponse, body: Buffer) {
    const name = /filename="([^"]*)"/.exec(body.toString('latin1'))?.[1] ?? 'file'
    const id = `fil_${this.requests.length}`
    const type = /Content-Type: ([^\r]+)/.exec(body.toString('latin1'))?.[1] ?? ''
    response.writeHead(201, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ id, name, content_type: type, size: body.length, url: `/files/${id}` }))
  }

  private serve(path: string, response: ServerResponse) {
    const found = this.page(path)
    if (!found) return response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': found.type, ...found.headers }).end(found.body)
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
