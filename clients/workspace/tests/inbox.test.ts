import type { GoodwordEvent } from '@goodword/shared/events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { show, take } from '@/core/held'
import { applyToInbox, belongs, emptyInbox, mergeRows, neediest, overlay, rowsOf, type Inbox } from '@/core/inbox'
import { VIEWS } from '@/core/model'
import { applyToRow, rowOpenedBy } from '@/core/row'
import { ada, dana, event, li, message, opened, row, START } from './cast'

const said = (seq: number, text = 'Where is my kettle?') =>
  event(seq, 'MessageReceived', { message: message(text, { at: START + seq * 1000 }) }, { actor: dana })

describe('a row', () => {
  it('shows the last words, since when the customer waits, and how much is unread', () => {
    const after = [said(5), said(6, 'Hello?')].reduce(applyToRow, row())
    expect(after).toMatchObject({ unread: 2, waiting_since: START + 5000, seq: 6 })
    expect(after.preview).toMatchObject({ text: 'Hello?', author_kind: 'customer' })
  })

  it('waits no longer once somebody has answered', () => {
    const reply = event(6, 'ReplyQueued', { message: message('On its way', { author: { kind: 'agent', ...ada } }), deliver_by: null })
    expect([said(5), reply].reduce(applyToRow, row())).toMatchObject({ waiting_since: null, unread: 0 })
  })

  it('does not change by a note, which no list shows', () => {
    const note = event(6, 'NoteAdded', { message: message('Ask payments', { kind: 'note' }) })
    const before = applyToRow(row(), said(5))
    expect(applyToRow(before, note)).toEqual({ ...before, seq: 6 })
  })

  it('does not change when an event comes twice', () => {
    const once = applyToRow(row(), said(5))
    expect(applyToRow(once, said(5))).toBe(once)
  })

  it('does not change by an event of another conversation or of a newer server', () => {
    const other = { ...said(5), stream: 'cnv_gus' }
    expect(applyToRow(row(), other)).toEqual(row())
    const unknown = { ...said(5), type: 'RatingGiven', data: { stars: 5 } } as unknown as GoodwordEvent
    expect(applyToRow(row(), unknown)).toEqual(row({ seq: 5 }))
  })
})

describe('the inbox', () => {
  it('takes in a conversation that has just been opened and counts it', () => {
    const inbox = { ...emptyInbox(ada.id), counts: { all: 3, assistant: 1, mine: 0 } }
    const after = applyToInbox(inbox, [opened(1)])
    expect(rowsOf(after, { view: 'assistant' })).toHaveLength(1)
    expect(after.counts).toEqual({ all: 4, assistant: 2, mine: 0 })
  })

  it('names conversations that it has no row for', () => {
    expect(applyToInbox(emptyInbox(ada.id), [said(5)]).unknown).toEqual(new Set(['cnv_dana']))
  })

  it('moves a row from view to view and keeps the counts', () => {
    const start: Inbox = { ...mergeRows(emptyInbox(ada.id), [row()]), counts: { mine: 0, unassigned: 1, all: 1 } }
    const after = applyToInbox(start, [event(5, 'Assigned', { agent: ada, team: null, previous: null, reason: 'taken' })])
    expect(after.counts).toEqual({ mine: 1, unassigned: 0, all: 1 })
    expect(rowsOf(after, { view: 'mine' })).toHaveLength(1)
    expect(rowsOf(after, { view: 'unassigned' })).toHaveLength(0)
  })

  it('does not go back to an older row that arrives late', () => {
    const ahead = applyToInbox(mergeRows(emptyInbox(ada.id), [row()]), [said(9)])
    expect(mergeRows(ahead, [row({ seq: 7 })]).rows.get('cnv_dana')?.seq).toBe(9)
  })

  it('lays a wish over the row until the server has answered', () => {
    const start = mergeRows(emptyInbox(ada.id), [row({ assignee: ada })])
    const wishing = overlay(start, 'cnv_dana', { status: 'closed' })
    expect(rowsOf(wishing, { view: 'mine' })).toHaveLength(0)
    expect(rowsOf(overlay(wishing, 'cnv_dana', null), { view: 'mine' })).toHaveLength(1)
  })

  it('knows who needs an answer most: the most upset, then whoever waits longest', () => {
    const rows = [
      row({ id: 'cnv_1', mood: 'angry', waiting_since: 50 }),
      row({ id: 'cnv_2', mood: 'calm', waiting_since: 1 }),
      row({ id: 'cnv_3', mood: 'angry', waiting_since: 40 }),
      row({ id: 'cnv_4', mood: 'very_upset', waiting_since: null }),
    ]
    expect(neediest(rows)?.id).toBe('cnv_3')
    expect(neediest([row()])).toBeNull()
  })
})

const STREAMS = ['cnv_dana', 'cnv_gus', 'cnv_camille']

/** Any story that three conversations could tell, in the order of the log. */
const stories = fc
  .array(
    fc.record({
      stream: fc.constantFrom(...STREAMS),
      what: fc.constantFrom('said', 'reply', 'note', 'ada', 'li', 'nobody', 'close', 'open', 'snooze', 'queue', 'leave', 'tag', 'untag', 'read', 'mood'),
    }),
    { maxLength: 60 },
  )
  .map((steps) => [...STREAMS.map((id, index) => opened(index + 1, id)), ...steps.map(({ stream, what }, index) => tell(index + 10, stream, what))])

function tell(seq: number, stream: string, what: string): GoodwordEvent {
  const more = { stream }
  const status = (name: 'open' | 'closed' | 'snoozed') =>
    event(seq, 'StatusChanged', { status: name, previous: 'open', until: name === 'snoozed' ? START * 2 : null, reason: 'agent' }, more)
  const given = (agent: typeof ada | null) => event(seq, 'Assigned', { agent, team: null, previous: null, reason: 'assigned' }, more)
  switch (what) {
    case 'said':
      return { ...said(seq), stream }
    case 'reply':
      return event(seq, 'ReplyQueued', { message: message('Yes', { author: { kind: 'agent', ...li } }), deliver_by: null }, more)
    case 'note':
      return event(seq, 'NoteAdded', { message: message('Hm', { kind: 'note' }) }, more)
    case 'ada':
      return given(ada)
    case 'li':
      return given(li)
    case 'nobody':
      return given(null)
    case 'close':
      return status('closed')
    case 'open':
      return status('open')
    case 'snooze':
      return status('snoozed')
    case 'queue':
      return event(seq, 'Queued', { position: 1, estimate_seconds: null }, more)
    case 'leave':
      return event(seq, 'LeftQueue', {}, more)
    case 'tag':
      return event(seq, 'Tagged', { tag: 'refund' }, more)
    case 'untag':
      return event(seq, 'Untagged', { tag: 'refund' }, more)
    case 'read':
      return event(seq, 'ReadByAgent', { seq }, more)
    default:
      return event(seq, 'HandlerChanged', { handler: 'agent', previous: 'queue' }, more)
  }
}

/** What a server would answer after the events: each row folded on its own, each view counted from nothing. */
function fresh(events: GoodwordEvent[]) {
  const rows = STREAMS.map((id) => {
    const own = events.filter((one) => one.stream === id)
    return own.slice(1).reduce(applyToRow, rowOpenedBy(own[0]!)!)
  })
  const counts = Object.fromEntries(VIEWS.map((view) => [view, rows.filter((one) => belongs(one, view, ada.id)).length]))
  return { rows, counts }
}

describe('apply(snapshot, events) equals a fresh snapshot', () => {
  const none = Object.fromEntries(VIEWS.map((view) => [view, 0]))

  it('whatever happened, however the batches overlapped', () => {
    fc.assert(
      fc.property(stories, fc.array(fc.tuple(fc.nat(70), fc.nat(12)), { maxLength: 12 }), (story, cuts) => {
        let inbox: Inbox = { ...emptyInbox(ada.id), counts: none }
        let done = 0
        for (const [size, overlap] of cuts) {
          const until = Math.min(story.length, done + size)
          inbox = applyToInbox(inbox, story.slice(Math.max(0, done - overlap), until))
          done = until
        }
        inbox = applyToInbox(inbox, story.slice(done))
        const wanted = fresh(story)
        expect(STREAMS.map((id) => inbox.rows.get(id))).toEqual(wanted.rows)
        expect(inbox.counts).toEqual(wanted.counts)
        expect(applyToInbox(inbox, story).rows).toEqual(inbox.rows)
      }),
      { numRuns: 300 },
    )
  })

  it('from a snapshot taken in the middle', () => {
    fc.assert(
      fc.property(stories, fc.nat(60), (story, at) => {
        const middle = Math.max(3, Math.min(at, story.length))
        const { rows, counts } = fresh(story.slice(0, middle))
        const inbox = applyToInbox(mergeRows(emptyInbox(ada.id), rows, counts), story.slice(Math.max(0, middle - 5)))
        expect(STREAMS.map((id) => inbox.rows.get(id))).toEqual(fresh(story).rows)
        expect(inbox.counts).toEqual(fresh(story).counts)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a held list', () => {
  const rows = [row({ id: 'cnv_3', last_at: 30 }), row({ id: 'cnv_2', last_at: 20 }), row({ id: 'cnv_1', last_at: 10 })]
  const held = take(rows)

  it('does not move when a row in it becomes the newest, and counts it', () => {
    const moved = [{ ...rows[2]!, last_at: 40 }, rows[0]!, rows[1]!]
    expect(show(held, moved)).toMatchObject({ ids: ['cnv_3', 'cnv_2', 'cnv_1'], newer: 1 })
  })

  it('keeps the place of a row that belongs elsewhere by now', () => {
    const shown = show(held, [rows[0]!, rows[2]!])
    expect(shown.ids).toEqual(['cnv_3', 'cnv_2', 'cnv_1'])
    expect(shown.gone).toEqual(new Set(['cnv_2']))
  })

  it('lets go at once of what the person sent away himself', () => {
    expect(show(held, [rows[0]!, rows[2]!], new Set(['cnv_2'])).ids).toEqual(['cnv_3', 'cnv_1'])
  })

  it('grows at its end by older rows', () => {
    expect(show(held, [...rows, row({ id: 'cnv_0', last_at: 5 })])).toMatchObject({ ids: ['cnv_3', 'cnv_2', 'cnv_1', 'cnv_0'], newer: 0 })
  })

  it('holds back a row that would come in between', () => {
    expect(show(held, [rows[0]!, row({ id: 'cnv_9', last_at: 25 }), rows[1]!, rows[2]!])).toMatchObject({ ids: held.ids, newer: 1 })
  })
})
