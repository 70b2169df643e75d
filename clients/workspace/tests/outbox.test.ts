import { describe, expect, it } from 'vitest'
import { ApiError, Unreachable } from '@/core/api'
import { createOutbox, type Outgoing, type Sent } from '@/core/outbox'
import { handClock, memory, message } from './cast'

const refused = (code: string, retry: boolean, status = 400) =>
  new ApiError({ type: '', title: code, status, detail: `${code}.`, code, retry })

function desk(answers: (() => Promise<Sent>)[]) {
  const clock = handClock()
  const storage = memory()
  const sent: string[] = []
  const send = (entry: Outgoing) => {
    sent.push(entry.text)
    return (answers.shift() ?? ok)()
  }
  const make = () => createOutbox({ send, storage, key: 'outbox', later: clock.later })
  return { clock, storage, sent, make }
}

const ok = () => Promise.resolve({ message: message('x'), seq: 1 })
const away = () => Promise.reject(new Unreachable())
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

const draft = (text: string, conversation_id = 'cnv_dana') => ({
  client_id: text,
  conversation_id,
  kind: 'reply' as const,
  text,
  attachments: [],
  then: null,
  until: null,
  at: 0,
})

describe('the outbox', () => {
  it('shows a message at once and forgets it when the time line has it', async () => {
    const outbox = desk([]).make()
    outbox.add(draft('hello'))
    expect(outbox.entries.get()[0]?.state).toBe('sending')
    await settled()
    expect(outbox.entries.get()[0]?.state).toBe('sent')
    outbox.confirm(new Set(['hello']))
    expect(outbox.entries.get()).toEqual([])
  })

  it('sends in order and holds the second back while the first waits for the network', async () => {
    const { clock, sent, make } = desk([away])
    const outbox = make()
    outbox.add(draft('first'))
    outbox.add(draft('second'))
    await settled()
    expect(sent).toEqual(['first'])
    expect(outbox.entries.get().map((entry) => entry.state)).toEqual(['waiting', 'sending'])
    clock.forward(1000)
    await settled()
    expect(sent).toEqual(['first', 'first', 'second'])
  })

  it('does not let one conversation hold up another', async () => {
    const { sent, make } = desk([away])
    const outbox = make()
    outbox.add(draft('to Dana'))
    outbox.add(draft('to Gus', 'cnv_gus'))
    await settled()
    expect(sent).toEqual(['to Dana', 'to Gus'])
  })

  it('tries at once when the network is back', async () => {
    const { sent, make } = desk([away])
    const outbox = make()
    outbox.add(draft('first'))
    await settled()
    outbox.wake()
    await settled()
    expect(sent).toEqual(['first', 'first'])
    expect(outbox.entries.get()[0]?.state).toBe('sent')
  })

  it('says why a message was refused and does not try again by itself', async () => {
    const { clock, sent, make } = desk([() => Promise.reject(refused('too_large', false, 413))])
    const outbox = make()
    outbox.add(draft('much too long'))
    await settled()
    clock.forward(60_000)
    expect(outbox.entries.get()[0]).toMatchObject({ state: 'failed', problem: 'too_large.' })
    expect(sent).toHaveLength(1)
    outbox.retry('much too long')
    await settled()
    expect(outbox.entries.get()[0]?.state).toBe('sent')
  })

  it('asks the person when a colleague has answered meanwhile, and sends it anyway when told to', async () => {
    const collision = new ApiError({ ...refused('conflict', false, 409).problem, reason: 'answered_meanwhile' })
    const { sent, make } = desk([() => Promise.reject(collision)])
    const outbox = make()
    outbox.add({ ...draft('hello'), seen_seq: 7 })
    await settled()
    expect(outbox.entries.get()[0]).toMatchObject({ state: 'failed', collided: true, seen_seq: 7 })
    outbox.sendAnyway('hello')
    await settled()
    expect(outbox.entries.get()[0]).toMatchObject({ state: 'sent', seen_seq: null })
    expect(sent).toHaveLength(2)
  })

  it('keeps what was not sent through a reload, with the same client id', async () => {
    const { sent, make } = desk([away])
    make().add(draft('before the reload'))
    await settled()
    const again = make()
    expect(again.entries.get()[0]?.client_id).toBe('before the reload')
    await settled()
    expect(sent).toEqual(['before the reload', 'before the reload'])
    expect(again.entries.get()[0]?.state).toBe('sent')
  })

  it('tries a passing trouble of the server again, no sooner than it asked', async () => {
    const busy = new ApiError({ ...refused('rate_limited', true, 429).problem, retry_after: 7 })
    const { clock, sent, make } = desk([() => Promise.reject(busy)])
    make().add(draft('hello'))
    await settled()
    clock.forward(6000)
    expect(sent).toHaveLength(1)
    clock.forward(1000)
    await settled()
    expect(sent).toHaveLength(2)
  })
})
