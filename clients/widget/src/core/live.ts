import type { ActorKind, GoodwordEvent } from '@goodword/shared/events'
import { backoff } from './backoff'
import { Refused, type Desk } from './desk'
import { pausing } from './pause'
import { frameReader, type Frame } from './sse'
import type { LineState } from './state'

export interface Hearer {
  events(events: GoodwordEvent[]): void
  typing(name: string, kind: ActorKind, on: boolean): void
  line(state: LineState): void
  /** The cursor or the token is no longer good: begin a new session. */
  reset(): void
}

/** Milliseconds; tests run faster. */
export interface Pace {
  /** Without a byte for so long a stream is dead: the server beats every 15 s. */
  silence: number
  /** Between polls, while the page is seen and while it is not. */
  poll: number
  pollHidden: number
  /** How long a hidden page keeps its stream: browsers allow six connections to a server. */
  hidden: number
  /** Polls before the stream is tried again. */
  polls: number
  /** How often one looks whether the stream is still alive. */
  look: number
  backoff(attempt: number, random: number): number
}

export const PACE: Pace = {
  silence: 40_000,
  poll: 4_000,
  pollHidden: 30_000,
  hidden: 60_000,
  polls: 8,
  look: 5_000,
  backoff,
}

export interface LiveLine {
  /** Ends when stopped, or after telling `reset`. */
  run(): Promise<void>
  stop(): void
  /** The page came back or woke up, the network came or went: don't wait any longer, and don't trust an old stream. */
  wake(): void
  /** Tells whether anybody can see the page. */
  visible(seen: boolean): void
}

const STREAM_FAILURES = 2

/**
 * Keeps us up to date from a cursor on: by stream; by polling when streaming failed twice or the page is long hidden.
 * Every batch is handed on before its cursor is taken over, so a line that breaks anywhere repeats rather than loses.
 */
export function liveLine(
  desk: Pick<Desk, 'stream' | 'after'>,
  from: string,
  hear: Hearer,
  pace: Pace = PACE,
): LiveLine {
  const pause = pausing()
  let cursor = from
  let stopped = false
  let failures = 0
  let polls = 0
  let lastSign = 0
  let hiddenSince: number | null = null
  let broken: AbortController | undefined

  async function run() {
    hear.line('connecting')
    while (!stopped) {
      const polling = longHidden() || (failures >= STREAM_FAILURES && polls < pace.polls)
      try {
        await (polling ? poll() : stream())
      } catch (error) {
        if (stopped) return
        if (error instanceof Refused && (error.status === 401 || error.status === 410)) return giveUp()
        await failed(polling)
      }
    }
  }

  function stop() {
    stopped = true
    broken?.abort()
    pause.end()
  }

  function giveUp() {
    stop()
    hear.reset()
  }

  function wake() {
    if (offline() || Date.now() - lastSign > pace.silence / 2) broken?.abort()
    polls = pace.polls
    pause.end()
  }

  function visible(seen: boolean) {
    hiddenSince = seen ? null : Date.now()
    if (seen) wake()
  }

  function longHidden(): boolean {
    return hiddenSince !== null && Date.now() - hiddenSince > pace.hidden
  }

  /** While polls get through, a stream that still does not is no news. */
  async function failed(polling: boolean) {
    failures += 1
    if (!polling && failures > STREAM_FAILURES) return
    hear.line(offline() ? 'offline' : 'lost')
    await pause.wait(pace.backoff(failures, Math.random()))
  }

  async function poll() {
    const batch = await desk.after(cursor)
    if (stopped) return
    hear.events(batch.events)
    cursor = batch.cursor
    polls += 1
    failures = Math.min(failures, STREAM_FAILURES)
    hear.line('polling')
    await pause.wait(longHidden() ? pace.pollHidden : pace.poll)
  }

  async function stream() {
    const own = (broken = new AbortController())
    polls = 0
    lastSign = Date.now()
    const watch = setInterval(() => {
      if (longHidden() || Date.now() - lastSign > pace.silence) own.abort()
    }, pace.look)
    try {
      const body = await desk.stream(cursor, own.signal)
      hear.line('live')
      await readAll(body)
    } finally {
      clearInterval(watch)
      own.abort()
    }
    // Streams may end at any time; a pause keeps a server that hangs up at once from being hammered.
    if (!stopped) await pause.wait(pace.backoff(1, Math.random()))
  }

  async function readAll(body: ReadableStream<Uint8Array>) {
    const reader = body.getReader()
    const decoder = new TextDecoder()
    const frames = frameReader()
    for (;;) {
      const { value, done } = await reader.read()
      if (done || stopped) return
      lastSign = Date.now()
      failures = 0
      for (const frame of frames(decoder.decode(value, { stream: true }))) take(frame)
    }
  }

  function take({ id, event, data }: Frame) {
    if (stopped) return
    if (event === 'reset') return giveUp()
    const content = JSON.parse(data)
    if (event === 'events') hear.events(content)
    if (event === 'typing') hear.typing(content.name, content.kind, content.on)
    cursor = id ?? cursor
  }

  return { run, stop, wake, visible }
}

/** Whether the browser knows that it has no network. */
export function offline(): boolean {
  return globalThis.navigator?.onLine === false
}
