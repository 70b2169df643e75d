import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openChat, type Chat } from '../src/core/chat'
import { openDesk } from '../src/core/desk'
import type { Pace } from '../src/core/live'
import { unread } from '../src/core/state'
import { memoryStorage, type Storage } from '../src/core/storage'
import { timeline } from '../src/core/timeline'
import { eventually } from './eventually'
import { FakeDesk, liNa, sage } from './fakeDesk'

const pace: Pace = { silence: 200, poll: 20, pollHidden: 40, hidden: 60, polls: 3, look: 20, backoff: () => 15 }
let server: FakeDesk
let storage: Storage
let chats: Chat[]

beforeEach(async () => {
  server = await new FakeDesk().start()
  storage = memoryStorage()
  chats = []
})

afterEach(async () => {
  chats.forEach((chat) => chat.stop())
  await server.stop()
})

/** A page of the shop: opening it again with the same storage is a reload or a second tab. */
function page(): Chat {
  const desk = openDesk(`${server.origin}/chat/v1/shop`, 'en')
  const chat = openChat({ desk, storage, about: () => ({ language: 'en' }), pace })
  chats.push(chat)
  void chat.open()
  return chat
}

const shown = (chat: Chat) => timeline(chat.state).flatMap((line) => (line.kind === 'message' ? [line.text] : []))
const states = (chat: Chat) => timeline(chat.state).flatMap((line) => (line.kind === 'message' ? [line.state] : []))

describe('writing', () => {
  it('shows a message at once, then as sent, then as read', async () => {
    const chat = page()
    chat.say('My kettle leaks')
    expect(states(chat)).toEqual(['sending'])
    await eventually(() => states(chat)[0] === 'sent')
    server.append('ReadByAgent', liNa, { seq: server.events.at(-1)?.seq ?? 0 })
    await eventually(() => states(chat)[0] === 'read')
    expect(shown(chat)).toEqual(['My kettle leaks'])
  })

  it('forgets what was removed, whoever wrote it', async () => {
    const chat = page()
    chat.say('My card is 4929')
    await eventually(() => states(chat)[0] === 'sent')
    const said = server.events.find((event) => event.type === 'MessageReceived')
    if (said?.type !== 'MessageReceived') throw new Error('nothing was said')
    const id = said.data.message.id
    said.data.message = { ...said.data.message, text: '', removed: { by: liNa, at: 1 } }
    server.append('MessageRemoved', liNa, { message_id: id, kind: 'message', by_customer: true })
    await eventually(() => shown(chat).length === 0)
    expect(timeline(chat.state).map((line) => line.kind === 'notice' && line.text)).toContain('message.removed')
    expect(JSON.stringify(chat.state)).not.toContain('4929')
  })

  it('never doubles a message whose answer was lost', async () => {
    server.faults.loseAnswers = 2
    const chat = page()
    chat.say('one')
    chat.say('two')
    await eventually(() => chat.state.outbox.length === 0 && server.texts.length === 2)
    expect(server.texts).toEqual(['one', 'two'])
    expect(shown(chat)).toEqual(['one', 'two'])
  })

  it('keeps the order of what was written while the server was out of reach', async () => {
    server.faults.down = true
    const chat = page()
    for (const text of ['one', 'two', 'three']) chat.say(text)
    await eventually(() => chat.state.line === 'lost')
    expect(states(chat)).toEqual(['waiting', 'waiting', 'waiting'])
    server.faults.down = false
    await eventually(() => states(chat).every((state) => state === 'sent'))
    expect(server.texts).toEqual(['one', 'two', 'three'])
  })

  it('sends after a reload what was written before it', async () => {
    server.faults.down = true
    const before = page()
    before.say('one')
    before.stop()
    server.faults.down = false
    const after = page()
    expect(shown(after)).toEqual(['one'])
    await eventually(() => server.texts.length === 1)
    await eventually(() => states(after)[0] === 'sent')
    expect(shown(after)).toEqual(['one'])
  })

  it('sets a refused message aside with the reason, sends the next, and tries again when asked', async () => {
    server.faults.refuse = 'bad'
    const chat = page()
    chat.say('bad')
    chat.say('good')
    await eventually(() => server.texts.length === 1)
    await eventually(() => states(chat).includes('sent'))
    const line = timeline(chat.state).findLast((line) => line.kind === 'message')
    expect(line).toMatchObject({ text: 'bad', state: 'failed', refused: 'That can’t be sent.' })
    server.faults.refuse = null
    chat.retry(line?.key ?? '')
    await eventually(() => server.texts.length === 2)
    expect(server.texts).toEqual(['good', 'bad'])
  })

  it('two tabs send what both have written, each message once', async () => {
    const [first, second] = [page(), page()]
    first.say('from the first')
    second.say('from the second')
    await eventually(() => server.texts.length === 2)
    await eventually(() => shown(first).length === 2 && shown(second).length === 2)
    expect(new Set(server.texts).size).toBe(2)
  })

  it('asks for a person in its turn', async () => {
    server.faults.down = true
    const chat = page()
    chat.say('one')
    chat.askForPerson()
    server.faults.down = false
    await eventually(() => server.events.at(-1)?.type === 'HandoverRequested')
    expect(server.texts).toEqual(['one'])
    await eventually(() => timeline(chat.state).some((line) => line.kind === 'notice'))
  })
})

describe('the line', () => {
  it('misses nothing and doubles nothing when it is cut again and again', async () => {
    server.open('agent')
    server.faults.framesPerStream = 2
    const chat = page()
    await eventually(() => server.listening === 1)
    const said = Array.from({ length: 20 }, (_, i) => `answer ${i}`)
    for (const text of said) {
      server.say(liNa, text)
      if (text.endsWith('5')) server.cut()
      await new Promise((resolve) => setTimeout(resolve, 8))
    }
    await eventually(() => shown(chat).length === 20)
    expect(shown(chat)).toEqual(said)
  })

  it('polls when streams are refused twice, and streams again when they are not', async () => {
    server.open('agent')
    server.faults.noStream = true
    const chat = page()
    await eventually(() => chat.state.line === 'polling')
    server.say(liNa, 'by poll')
    await eventually(() => shown(chat).includes('by poll'))
    server.faults.noStream = false
    await eventually(() => chat.state.line === 'live')
    server.say(liNa, 'by stream')
    await eventually(() => shown(chat).includes('by stream'))
    expect(shown(chat)).toEqual(['by poll', 'by stream'])
  })

  it('takes a silent stream for dead', async () => {
    page()
    await eventually(() => server.requests.filter((request) => request === 'GET /stream').length >= 2)
  })

  it('begins a new session on reset', async () => {
    const chat = page()
    await eventually(() => chat.state.line === 'live' && server.listening === 1)
    server.send('reset', {})
    await eventually(() => server.sessions === 2 && server.listening === 1)
    server.open('agent')
    server.say(liNa, 'still here')
    await eventually(() => shown(chat).includes('still here'))
  })

  it('says who is typing until the answer is there', async () => {
    server.open('agent')
    const chat = page()
    await eventually(() => server.listening === 1)
    server.send('typing', { name: 'Li Na', kind: 'agent', on: true })
    await eventually(() => chat.state.typist?.name === 'Li Na')
    server.say(liNa, 'Good morning')
    await eventually(() => chat.state.typist === null)
  })

  it('a page long hidden polls instead of holding a stream', async () => {
    const chat = page()
    await eventually(() => server.listening === 1)
    chat.visible(false)
    await eventually(() => server.listening === 0 && chat.state.line === 'polling')
    chat.visible(true)
    await eventually(() => server.listening === 1)
  })
})

describe('reading', () => {
  it('counts what is unread and tells once how far one has read', async () => {
    server.open()
    server.say(sage, 'Hello')
    const chat = page()
    await eventually(() => unread(chat.state) === 1)
    chat.read()
    chat.read()
    expect(unread(chat.state)).toBe(0)
    await eventually(() => server.read.length === 1)
    expect(server.read).toEqual([server.events.at(-1)?.seq])
  })

  it('fetches earlier messages page by page', async () => {
    server.open('agent')
    server.pageSize = 5
    const said = Array.from({ length: 12 }, (_, i) => `line ${i}`)
    for (const text of said) server.say(liNa, text)
    const chat = page()
    await eventually(() => chat.state.earlier)
    expect(shown(chat)).toEqual(said.slice(-5))
    while (chat.state.earlier) await chat.earlier()
    expect(shown(chat)).toEqual(said)
  })

  it('keeps the address a visitor leaves', async () => {
    const chat = page()
    await eventually(() => chat.state.customer !== null)
    await chat.leaveContact('dana@customers.example', '')
    expect(chat.state.customer?.email).toBe('dana@customers.example')
  })
})

it('remembers whether a conversation is unfinished, for the launcher', async () => {
  const chat = page()
  expect(storage.read('unfinished')).toBeNull()
  chat.say('one')
  await eventually(() => storage.read('unfinished') === true)
  server.append('StatusChanged', liNa, { status: 'closed', previous: 'open', until: null, reason: 'agent' })
  await eventually(() => storage.read('unfinished') === null)
})
