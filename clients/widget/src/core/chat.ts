import type { ActorKind, Attachment, GoodwordEvent } from '@goodword/shared/events'
import { standing } from './conversation'
import { Refused, type Desk, type Sent, type SessionRequest } from './desk'
import { newId } from './id'
import { liveLine, offline, PACE, type LiveLine, type Pace } from './live'
import { openOutbox, type Items } from './outbox'
import { pausing } from './pause'
import { aloneAmongTabs, sender, type Alone } from './sender'
import type { Identity, Session, Visitor } from './session'
import { acknowledged, newestUnread, nothingYet, reduce, type Change, type LineState, type State } from './state'
import type { Storage } from './storage'
import { typingNotice } from './typing'

export interface Surroundings {
  desk: Desk
  storage: Storage
  /** Language and page, as the session call wants them. */
  about: () => Omit<SessionRequest, 'token' | 'identity'>
  pace?: Pace
  alone?: Alone
}

/** One visitor's chat: keeps the state, the line and the outbox, and offers what a visitor can do. */
export interface Chat {
  readonly state: State
  /** Calls `listener` after each change. */
  subscribe(listener: (state: State, before: State) => void): void
  /** Begins, or begins anew: a session, then the line from its cursor on. Tries until it works or is refused for good. */
  open(): Promise<void>
  stop(): void
  /** The network is back or the page woke up. */
  wake(): void
  visible(seen: boolean): void
  identify(identity: Identity): void
  say(text: string, attachments?: Attachment[], choice?: string): void
  askForPerson(): void
  retry(id: string): void
  discard(id: string): void
  leaveContact(email: string, name: string): Promise<void>
  /** What a stranger says of himself before he writes. */
  answer(answers: Record<string, string>): Promise<void>
  /** What the page knows of its visitor. */
  know(values: object): void
  /** Something of ours that the server has taken by another way than the outbox. */
  heard(sent: Sent): void
  typed(): void
  rested(): void
  /** The newest messages are before the visitor's eyes. */
  read(): void
  /** Fetches the page of events before the oldest we have. */
  earlier(): Promise<void>
}

const TYPING_FORGOTTEN = 8_000

export function openChat({ desk, storage, about, pace = PACE, alone = aloneAmongTabs }: Surroundings): Chat {
  const listeners: ((state: State, before: State) => void)[] = []
  const pause = pausing()
  const outbox = openOutbox(storage, owing)
  const sending = sender(outbox, desk, { sent, renew: open }, alone, pace.backoff)
  const typing = typingNotice((on) => whisper(() => desk.typing(on)))
  let state: State = { ...nothingYet, outbox: outbox.items() }
  let live: LiveLine | undefined
  let opening: Promise<void> | null = null
  let identity: Identity | undefined
  let stopped = false
  let resets = 0
  const facts = {}
  let forget: ReturnType<typeof setTimeout> | undefined
  storage.watch('token', adopt)

  function change(what: Change) {
    const before = state
    state = reduce(before, what)
    if (state !== before) listeners.forEach((listener) => listener(state, before))
  }

  function open(): Promise<void> {
    opening ??= begin().finally(() => (opening = null))
    return opening
  }

  async function begin() {
    live?.stop()
    if (resets++) await pause.wait(pace.backoff(resets, Math.random()))
    const session = await greet()
    if (!session || stopped) return
    take(session)
    live = liveLine(desk, session.cursor, { events: heard, typing: typist, line, reset: () => void open() }, pace)
    void live.run()
    void sending.kick()
    tellFacts()
  }

  async function greet(): Promise<Session | undefined> {
    line('connecting')
    for (let attempt = 1; !stopped; attempt++) {
      try {
        const token = storage.read<string>('token')
        return await desk.session({ ...about(), ...(token && { token }), ...(identity && { identity }) })
      } catch (error) {
        if (error instanceof Refused && !error.passing) {
          return change({ type: 'unavailable', why: error.problem.detail ?? '' }) as undefined
        }
        line(offline() ? 'offline' : 'lost')
        await pause.wait(pace.backoff(attempt, Math.random()))
      }
    }
  }

  function take(session: Session) {
    desk.token = session.token
    if (storage.read('token') !== session.token) storage.write('token', session.token)
    change({ type: 'session', session })
    settle(session.events)
  }

  /** Another tab has got a token: we are that visitor too. */
  function adopt() {
    const token = storage.read<string>('token')
    if (token && desk.token && token !== desk.token) void open()
  }

  function heard(events: readonly GoodwordEvent[]) {
    resets = 0
    change({ type: 'events', events })
    settle(events)
    // Nothing of what was removed is to be left here: what there is is asked for anew.
    if (events.some(({ type }) => type === 'MessageRemoved')) void open()
  }

  /** The answer to our message is the event that the line brings, too: same seq, so it counts once. */
  function sent({ message, conversation_id: stream, seq }: Sent) {
    const event = { seq, id: '', at: message.at, stream, actor: message.author, cause: null }
    heard([{ ...event, type: 'MessageReceived', data: { message } }])
  }

  /** What the server has need not be sent; and the launcher wants to know, after a reload, what is unfinished. */
  function settle(events: readonly GoodwordEvent[]) {
    outbox.acknowledge(acknowledged(events))
    const now = standing(state)
    const unfinished = !!now && now.status !== 'closed'
    if (!!storage.read('unfinished') !== unfinished) storage.write('unfinished', unfinished || null)
  }

  function line(now: LineState) {
    change({ type: 'line', line: now })
    if (now === 'live' || now === 'polling') void sending.kick()
  }

  function typist(name: string, kind: ActorKind, on: boolean) {
    clearTimeout(forget)
    change({ type: 'typing', typist: on ? { name, kind } : null })
    if (on) forget = setTimeout(() => change({ type: 'typing', typist: null }), TYPING_FORGOTTEN)
  }

  function owing(items: Items) {
    change({ type: 'outbox', items })
    void sending.kick()
  }

  function owed() {
    return { client_id: newId(), at: Date.now(), refused: null }
  }

  function tellFacts() {
    if (Object.keys(facts).length) whisper(() => desk.post('/attributes', { values: facts }))
  }

  /** For notices that nobody misses: the next one will tell. */
  function whisper(deed: () => Promise<unknown>) {
    if (desk.token) deed().catch(() => {})
  }

  function wake() {
    pause.end()
    live?.wake()
    void sending.kick()
  }

  return {
    get state() {
      return state
    },
    subscribe: (listener) => void listeners.push(listener),
    open,
    stop: () => {
      stopped = true
      live?.stop()
      sending.stop()
      pause.end()
      typing.sent()
      clearTimeout(forget)
    },
    wake,
    visible: (seen) => {
      live?.visible(seen)
      if (seen) wake()
    },
    identify: (who) => {
      identity = who
      if (state.config) void open()
    },
    say: (text, attachments = [], choice) => {
      typing.sent()
      outbox.add({ deed: 'message', ...owed(), text, attachments, choice: choice ?? null })
    },
    askForPerson: () => {
      const refused = outbox.items().find((item) => item.deed === 'human')
      if (refused) outbox.retry(refused.client_id, Date.now())
      else outbox.add({ deed: 'human', ...owed() })
    },
    retry: (id) => outbox.retry(id, Date.now()),
    discard: (id) => outbox.acknowledge([id]),
    answer: async (answers) => {
      change({ type: 'customer', ...(await desk.post<{ customer: Visitor }>('/answers', { answers })) })
      if (state.config) change({ type: 'config', config: { ...state.config, questions: [] } })
    },
    know: (values) => {
      Object.assign(facts, values)
      tellFacts()
    },
    heard: sent,
    leaveContact: async (email, name) => change({ type: 'customer', ...(await desk.contact(email, name)) }),
    typed: typing.typed,
    rested: typing.rested,
    read: () => {
      const seq = newestUnread(state)
      if (!seq) return
      change({ type: 'seen', seq })
      whisper(() => desk.read(seq))
    },
    earlier: async () => {
      const oldest = state.events[0]
      if (oldest && state.earlier) change({ type: 'earlier', ...(await desk.before(oldest.seq)) })
    },
  }
}
