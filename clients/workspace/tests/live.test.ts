import type { GoodwordEvent } from '@goodword/shared/events'
import { describe, expect, it } from 'vitest'
import { createLive, FLUSH_EVERY, withChanges, type Line, type LineEvents, type LiveState } from '@/core/live'
import { event, handClock } from './cast'

interface Opened {
  way: 'socket' | 'stream'
  cursor: string
  events: LineEvents
  sent: unknown[]
  closed: boolean
}

function server() {
  const clock = handClock()
  const lines: Opened[] = []
  const batches: GoodwordEvent[][] = []
  const states: LiveState[] = []
  const drafts: string[] = []
  let resets = 0
  const open = (way: Opened['way'], cursor: string, events: LineEvents): Line => {
    const line: Opened = { way, cursor, events, sent: [], closed: false }
    lines.push(line)
    return { send: (frame) => line.sent.push(frame), close: () => void (line.closed = true) }
  }
  const live = createLive(
    {
      socket: (events) => open('socket', live.cursor(), events),
      stream: (cursor, events) => open('stream', cursor, events),
      later: clock.later,
      cancel: clock.cancel,
      now: clock.now,
      random: () => 1,
    },
    {
      events: (events) => void batches.push(events),
      typing: () => undefined,
      presence: () => undefined,
      draft: ({ text }) => void drafts.push(text),
      reset: () => void (resets += 1),
      state: (state) => void states.push(state),
    },
  )
  const line = () => lines.at(-1)!
  const hello = () => line().events.frame({ kind: 'hello', cursor: '0', now: 0 })
  const tell = (cursor: string, ...seqs: number[]) =>
    line().events.frame({ kind: 'events', cursor, events: seqs.map((seq) => event(seq, 'LeftQueue', {})) })
  return { clock, lines, batches, states, drafts, live, line, hello, tell, resets: () => resets }
}

const seqs = (batches: GoodwordEvent[][]) => batches.map((batch) => batch.map((one) => one.seq))

describe('the live feed', () => {
  it('shows the first event at once and the rest at most five times a second', () => {
    const { live, hello, tell, batches, clock } = server()
    live.start('7')
    hello()
    tell('8', 8)
    expect(seqs(batches)).toEqual([[8]])
    for (let seq = 9; seq < 209; seq++) {
      tell(String(seq), seq)
      clock.forward(5)
    }
    clock.forward(FLUSH_EVERY)
    expect(batches.length).toBeLessThanOrEqual(7)
    expect(batches.flat().map((one) => one.seq)).toEqual(Array.from({ length: 201 }, (_, index) => index + 8))
  })

  it('resumes after a lost line where it had handed events over, not where it had heard them', () => {
    const { live, hello, tell, line, lines, clock } = server()
    live.start('7')
    hello()
    tell('8', 8)
    tell('9', 9)
    line().events.closed()
    expect(live.cursor()).toBe('8')
    clock.forward(FLUSH_EVERY)
    expect(live.cursor()).toBe('9')
    clock.forward(500)
    expect(lines).toHaveLength(2)
    expect(line().cursor).toBe('9')
  })

  it('waits longer after each failure, and never longer than twenty seconds', () => {
    const { live, line, lines, clock } = server()
    live.start('7')
    for (const wait of [500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]) {
      const before = lines.length
      line().events.closed()
      clock.forward(wait - 1)
      expect(lines).toHaveLength(before)
      clock.forward(1)
      expect(lines).toHaveLength(before + 1)
    }
  })

  it('takes the stream when two sockets in a row have not got through', () => {
    const { live, line, lines, clock } = server()
    live.start('7')
    line().events.closed()
    clock.forward(500)
    line().events.closed()
    clock.forward(1000)
    expect(lines.map((one) => one.way)).toEqual(['socket', 'socket', 'stream'])
    expect(line().cursor).toBe('7')
  })

  it('hangs up on a silent line', () => {
    const { live, hello, line, lines, clock, states } = server()
    live.start('7')
    hello()
    const first = line()
    clock.forward(39_000)
    first.events.frame({ kind: 'beat' })
    clock.forward(39_000)
    expect(first.closed).toBe(false)
    clock.forward(1_500)
    expect(first.closed).toBe(true)
    expect(lines).toHaveLength(2)
    expect(states).toEqual(['connecting', 'open', 'lost', 'connecting'])
  })

  it('does not listen to a line it has left', () => {
    const { live, hello, line, batches, clock } = server()
    live.start('7')
    hello()
    const old = line()
    old.events.closed()
    clock.forward(500)
    old.events.frame({ kind: 'events', cursor: '99', events: [event(99, 'LeftQueue', {})] })
    old.events.closed()
    clock.forward(500)
    expect(batches).toEqual([])
    expect(line()).not.toBe(old)
  })

  it('has the snapshots fetched again when the cursor is too old', () => {
    const { live, line, resets } = server()
    live.start('7')
    line().events.frame({ kind: 'reset' })
    expect(resets()).toBe(1)
  })

  it('says again what is on the screen after each reconnect', () => {
    const { live, hello, line, clock } = server()
    live.start('7')
    hello()
    live.viewing('cnv_dana')
    line().events.closed()
    clock.forward(500)
    expect(line().sent).toEqual([])
    hello()
    expect(line().sent).toEqual([{ kind: 'viewing', conversation_id: 'cnv_dana' }])
  })

  it('reconnects at once when the network is back', () => {
    const { live, line, lines } = server()
    live.start('7')
    line().events.closed()
    live.wake()
    expect(lines).toHaveLength(2)
  })
})

describe('who looks where', () => {
  const [li, jun] = [{ id: 'agt_li', name: 'Li Na' }, { id: 'agt_jun', name: 'Jun Park' }]

  it('is what was told first, with every change since', () => {
    const first = { cnv_1: [li], cnv_2: [jun] }
    expect(withChanges(first, { cnv_1: [], cnv_2: [jun, li] })).toEqual({ cnv_2: [jun, li] })
    expect(withChanges(first, { cnv_3: [] })).toEqual(first)
  })
})
