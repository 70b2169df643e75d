/**
 * The live feed: a WebSocket with a resume cursor, server-sent events when sockets don't get through.
 *
 * Events reach the screen at most five times a second, the first of a quiet time at once. The cursor moves only with
 * events that were handed over, so that nothing is lost between two connections; a few may come twice.
 */

import type { Actor, GoodwordEvent } from '@goodword/shared/events'
import type { Availability, ComposeKind } from './model'

export interface Presence {
  agents: { id: string; availability: Availability; online: boolean }[]
  viewing: Viewing
}

/** Who looks at which conversation. */
export type Viewing = Record<string, { id: string; name: string }[]>

/** How things stand, or what of them has changed; at what is empty then nobody looks any more. */
export type PresenceFrame = Partial<Presence> & { changed?: Viewing }

export const withChanges = (viewing: Viewing, changed: Viewing): Viewing =>
  Object.fromEntries(Object.entries({ ...viewing, ...changed }).filter(([, agents]) => agents.length))

export type Frame =
  | { kind: 'hello'; cursor: string; now: number }
  | { kind: 'events'; cursor: string; events: GoodwordEvent[] }
  | { kind: 'typing'; conversation_id: string; who: Actor; on: boolean }
  | ({ kind: 'presence' } & PresenceFrame)
  | { kind: 'draft'; conversation_id: string; text: string; kind_of: ComposeKind; device?: string | null }
  | { kind: 'reset' }
  | { kind: 'beat' }

export type LiveState = 'connecting' | 'open' | 'lost'

/** One way to the server. `send` is missing where the way is one-way. */
export interface Line {
  send?(frame: unknown): void
  close(): void
}

export interface LineEvents {
  frame(frame: Frame): void
  closed(): void
}

export interface LiveSeams {
  socket(events: LineEvents): Line
  stream(cursor: string, events: LineEvents): Line
  later(callback: () => void, ms: number): unknown
  cancel(timer: unknown): void
  now(): number
  random(): number
}

export interface LiveHandlers {
  events(events: GoodwordEvent[]): void
  typing(frame: Extract<Frame, { kind: 'typing' }>): void
  presence(frame: PresenceFrame): void
  /** The person writes on another device. */
  draft(frame: Extract<Frame, { kind: 'draft' }>): void
  /** The cursor is too old: fetch every snapshot again. */
  reset(): void
  state(state: LiveState): void
}

export const FLUSH_EVERY = 200
const SILENCE = 40_000
const FIRST_WAIT = 500
const LONGEST_WAIT = 20_000
const SOCKET_TRIES = 2

export interface Live {
  start(cursor: string): void
  /** Sends now, or drops the frame when there is no line: only for what is stale a moment later. */
  send(frame: unknown): void
  /** What is on the screen, told again after each reconnect. */
  viewing(conversation_id: string | null): void
  /** The network is back or the page visible again. */
  wake(): void
  stop(): void
  cursor(): string
}

export function createLive(seams: LiveSeams, handlers: LiveHandlers): Live {
  let cursor = ''
  let line: Line | null = null
  let generation = 0
  let failures = 0
  let greeted = false
  let running = false
  let watched: string | null = null
  let buffer: GoodwordEvent[] = []
  let bufferCursor = ''
  let flushedAt = -Infinity
  let flushTimer: unknown = null
  let silenceTimer: unknown = null
  let retryTimer: unknown = null

  function connect() {
    const mine = ++generation
    greeted = false
    handlers.state('connecting')
    const events: LineEvents = {
      frame: (frame) => mine === generation && receive(frame),
      closed: () => mine === generation && lost(),
    }
    const overSocket = failures % (SOCKET_TRIES + 1) < SOCKET_TRIES
    line = overSocket ? seams.socket(events) : seams.stream(cursor, events)
    listen()
  }

  function receive(frame: Frame) {
    listen()
    if (!greeted && frame.kind !== 'reset') {
      greeted = true
      failures = 0
      handlers.state('open')
      line?.send?.({ kind: 'viewing', conversation_id: watched })
    }
    switch (frame.kind) {
      case 'events':
        buffer.push(...frame.events)
        bufferCursor = frame.cursor
        return schedule()
      case 'hello':
        // Before the first events the greeting's cursor is where this line begins.
        if (!cursor) cursor = frame.cursor
        return
      case 'typing':
        return handlers.typing(frame)
      case 'presence':
        return handlers.presence(frame)
      case 'draft':
        return handlers.draft(frame)
      case 'reset':
        buffer = []
        return handlers.reset()
      case 'beat':
        // The server forgets who looks at what when nobody says so any more.
        line?.send?.({ kind: 'beat' })
        return line?.send?.({ kind: 'viewing', conversation_id: watched })
    }
  }

  function schedule() {
    if (flushTimer !== null) return
    const due = flushedAt + FLUSH_EVERY - seams.now()
    if (due <= 0) flush()
    else flushTimer = seams.later(flush, due)
  }

  function flush() {
    flushTimer = null
    flushedAt = seams.now()
    const events = buffer
    buffer = []
    cursor = bufferCursor
    if (events.length) handlers.events(events)
  }

  function listen() {
    if (silenceTimer !== null) seams.cancel(silenceTimer)
    silenceTimer = seams.later(lost, SILENCE)
  }

  function lost() {
    hangUp()
    failures += 1
    handlers.state('lost')
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1))
    retryTimer = seams.later(connect, ceiling / 2 + (seams.random() * ceiling) / 2)
  }

  function hangUp() {
    generation += 1
    if (silenceTimer !== null) seams.cancel(silenceTimer)
    if (retryTimer !== null) seams.cancel(retryTimer)
    silenceTimer = retryTimer = null
    const old = line
    line = null
    old?.close()
  }

  return {
    start(from) {
      hangUp()
      running = true
      cursor = bufferCursor = from
      failures = 0
      connect()
    },
    send: (frame) => greeted && line?.send?.(frame),
    viewing(conversation_id) {
      watched = conversation_id
      if (greeted) line?.send?.({ kind: 'viewing', conversation_id })
    },
    wake() {
      if (!running || (line && greeted)) return
      hangUp()
      failures = 0
      connect()
    },
    stop() {
      running = false
      if (flushTimer !== null) seams.cancel(flushTimer)
      hangUp()
    },
    cursor: () => cursor,
  }
}
