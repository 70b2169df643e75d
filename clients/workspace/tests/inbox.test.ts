import type { GoodwordEvent, Letter } from '@goodword/shared/events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counted } from '@/core/filter'
import { isHeld, show, take } from '@/core/held'
import { applyToInbox, emptyInbox, mergeRows, neediest, overlay, rowsOf, type Inbox } from '@/core/inbox'
import { VIEWS, type Row } from '@/core/model'
import { applyToRow, rowOpenedBy } from '@/core/row'
import { ada, dana, event, li, message, opened, row, START } from './cast'

const follow = (one: Row, next: GoodwordEvent) => applyToRow(one, next, ada.id)
const said = (seq: number, text = 'Where is my kettle?') =>
  event(seq, 'MessageReceived', { message: message(text, { at: START + seq * 1000 }) }, { actor: dana })

describe('a row', () => {
  it('shows the last words, since when the customer waits, and how much is unread', () => {
    const after = [said(5), said(6, 'Hello?')].reduce(follow, row())
    expect(after).toMatchObject({ unread: 2, waiting_since: START + 5000, seq: 6 })
    expect(after.preview).toMatchObject({ text: 'Hello?', author_kind: 'customer' })
  })

  it('waits no longer once somebody has answered', () => {
    const reply = event(6, 'ReplyQueued', { message: message('On its way', { author: { kind: 'agent', ...ada } }), deliver_by: null })
    expect([said(5), reply].reduce(follow, row())).toMatchObject({ waiting_since: null, unread: 0 })
  })

  it('does not change by a note, which no list shows', () => {
    const note = event(6, 'NoteAdded', { message: message('Ask payments', { kind: 'note' }) })
    const before = applyToRow(row(), said(5))
    expect(applyToRow(before, note)).toEqual({ ...before, seq: 6 })
  })

  it('is unread again once somebody wants it so', () => {
    const read = event(6, 'ReadByAgent', { seq: 5, unread: 0 })
    const again = event(7, 'MarkedUnread', { seq: 4, unread: 1 })
    expect([said(5), read, again].reduce(follow, row())).toMatchObject({ unread: 1, seq: 7 })
    expect([said(5), read, again, said(8)].reduce(follow, row())).toMatchObject({ unread: 2 })
  })

  it('does not change when an event comes twice', () => {
    const once = applyToRow(row(), said(5))
    expect(applyToRow(once, said(5))).toBe(once)
  })

  it('does not change by an event of another conversation or of a newer server', () => {
    const other = { ...said(5), stream: 'cnv_gus' }
    expect(applyToRow(row(), other)).toEqual(row())
    const unknown = { ...said(5), type: 'PraiseGiven', data: { stars: 5 } } as unknown as GoodwordEvent
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

  it('is called by name until it has read that far, also where it is shown in another conversation', () => {
    const call = (seq: number, by = li) =>
      event(seq, 'NoteAdded', { message: message('Look', { kind: 'note', mentions: [ada] }) }, { actor: { kind: 'agent', ...by } })
    const readBy = (seq: number, who: typeof ada) =>
      event(20, 'ReadByAgent', { seq, unread: 0 }, { actor: { kind: 'agent', ...who } })
    const start: Inbox = { ...mergeRows(emptyInbox(ada.id), [row()]), counts: { mentioned: 0 } }
    const called = applyToInbox(start, [call(5)])
    expect(called.counts).toEqual({ mentioned: 1 })
    expect(rowsOf(called, { view: 'mentioned' })).toHaveLength(1)
    expect(applyToInbox(start, [call(5, ada)]).counts).toEqual({ mentioned: 0 })
    expect(applyToInbox(called, [readBy(9, li)]).counts).toEqual({ mentioned: 1 })
    expect(applyToInbox(called, [readBy(4, ada)]).counts).toEqual({ mentioned: 1 })
    expect(applyToInbox(called, [readBy(9, ada)]).rows.get('cnv_dana')).toMatchObject({ mentioned: 'seen', mention_seq: 5 })
    const joined = mergeRows(start, [row({ merged_into: { id: 'cnv_gus', number: 2 } }), row({ id: 'cnv_gus' })])
    expect(applyToInbox(joined, [call(5)]).rows.get('cnv_gus')).toMatchObject({ mentioned: 'new', mention_seq: 5 })
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
const NEWER = ['urgent', 'field', 'no field', 'spam', 'no spam', 'merge', 'unmerge', 'call', 'aside', 'rate', 'later', 'not later', 'i read', 'unread']

/** Any story that three conversations could tell, in the order of the log. */
const stories = fc
  .array(
    fc.record({
      stream: fc.constantFrom(...STREAMS),
      what: fc.constantFrom('said', 'reply', 'note', 'ada', 'li', 'nobody', 'close', 'open', 'snooze', 'queue', 'leave', 'tag', 'untag', 'read', 'mood', ...NEWER),
    }),
    { maxLength: 60 },
  )
  .map((steps) => [...STREAMS.map((id, index) => opened(index + 1, id)), ...steps.map(({ stream, what }, index) => tell(index + 10, stream, what))])

const standing = {
  last_at: START,
  waiting_since: START,
  unread: 1,
  preview: { text: 'Hello', author_kind: 'customer' as const, kind: 'message' as const, at: START },
  scheduled: 0,
}
const later = { text: 'Soon', send_at: START * 2, then: null, until: null, only_if_silent: true, attachments: [] }

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
      return event(seq, 'ReadByAgent', { seq, unread: 0 }, more)
    case 'i read':
      return event(seq, 'ReadByAgent', { seq: seq - 1, unread: 1 }, { ...more, actor: { kind: 'agent', ...ada } })
    case 'unread':
      return event(seq, 'MarkedUnread', { seq: seq - 1, unread: 1 }, more)
    case 'urgent':
      return event(seq, 'PriorityChanged', { priority: 'urgent', previous: 'normal' }, more)
    case 'field':
      return event(seq, 'FieldSet', { key: 'order', value: 'FO-1', previous: null }, more)
    case 'no field':
      return event(seq, 'FieldSet', { key: 'order', value: null, previous: 'FO-1' }, more)
    case 'spam':
      return event(seq, 'MarkedSpam', { blocked: false }, more)
    case 'no spam':
      return event(seq, 'UnmarkedSpam', { standing }, more)
    case 'merge':
      return event(seq, 'ConversationMerged', { into: { id: 'cnv_far', number: 9 }, undone: false }, more)
    case 'unmerge':
      return event(seq, 'ConversationUnmerged', { from: { id: 'cnv_far', number: 9 }, standing }, more)
    case 'call':
      return event(seq, 'NoteAdded', { message: message('Look', { kind: 'note', mentions: [ada] }) }, more)
    case 'aside':
      return event(seq, 'SideThreadSaid', { thread_id: 'sth_1', message: message('Look', { kind: 'note', mentions: [ada] }) }, more)
    case 'rate':
      return event(seq, 'RatingGiven', { kind: 'csat', score: 4, reason: null, text: null }, more)
    case 'later':
      return event(seq, 'ReplyScheduled', { ...later, scheduled_id: `sch_${seq}` }, more)
    case 'not later':
      return event(seq, 'ScheduledReplyCancelled', { scheduled_id: 'sch_1', reason: 'agent' }, more)
    default:
      return event(seq, 'HandlerChanged', { handler: 'agent', previous: 'queue' }, more)
  }
}

/** What a server would answer after the events: each row folded on its own, each view counted from nothing. */
function fresh(events: GoodwordEvent[]) {
  const rows = STREAMS.map((id) => {
    const own = events.filter((one) => one.stream === id)
    return own.slice(1).reduce(follow, rowOpenedBy(own[0]!)!)
  })
  const counts = Object.fromEntries(VIEWS.map((view) => [view, rows.filter((one) => counted(one, view, ada.id)).length]))
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

  it('begins only once its list has come: an opened conversation that is known before is no list', () => {
    const opened = take([rows[1]!], false)
    expect(isHeld(opened, true)).toBe(false)
    expect(isHeld(take(rows), true)).toBe(true)
    expect(isHeld(take(rows), false)).toBe(false)
    expect(show(take(rows), rows).newer).toBe(0)
  })

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

it('a machine that answers makes nobody wait, unless it begins the conversation', () => {
  const away = { letter: { subject: 'Away', automatic: 'reply' } as Letter, text: '' }
  const first = row({ preview: null, waiting_since: null, unread: 0 })
  const came = event(5, 'MessageReceived', { message: message('', away) })
  expect(applyToRow(first, came)).toMatchObject({ waiting_since: START, preview: { text: 'Away' } })
  expect(applyToRow(row({ preview: { text: 'On its way', author_kind: 'agent', kind: 'message', at: 1 }, waiting_since: null, unread: 0 }), came)).toMatchObject({ waiting_since: null, unread: 1 })
})
