/** Fed with a story that a real server lived through (`tests/walks/test_live_views.py` sets GOODWORD_STORY). */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { GoodwordEvent } from '@goodword/shared/events'
import { applyToConversation, fromPage } from '../src/core/conversation'
import { belongs, matches, order, type Filter, type Sort } from '../src/core/filter'
import { applyToInbox, emptyInbox, mergeRows, type Inbox } from '../src/core/inbox'
import { VIEWS, type ConversationPage, type Counts, type Row } from '../src/core/model'

interface Look {
  rows: Row[]
  counts: Counts
  pages: ConversationPage[]
  /** What the server found by filters and orders: the ids in the order of the list. */
  lists: { filter: Filter; ids: string[] }[]
}

interface Story {
  me: string
  before: Look
  after: Look
  events: GoodwordEvent[]
}

const path = process.env.GOODWORD_STORY

/** Places in the queue are shown nowhere in the list, and of what others were whispered only the number is missing. */
const shown = (row: Row | undefined) => ({ ...row, queue_position: null, seq: 0 })

describe.skipIf(!path)('what a watcher makes of the events is what a fresh look finds', () => {
  const story = path ? (JSON.parse(readFileSync(path, 'utf8')) as Story) : null!

  /** In batches that overlap, as they come. */
  function watched(): Inbox {
    let inbox = mergeRows(emptyInbox(story.me), story.before.rows, story.before.counts)
    for (let at = 0; at < story.events.length; at += 7) {
      inbox = applyToInbox(inbox, story.events.slice(Math.max(0, at - 5), at + 7))
    }
    return inbox
  }

  test('in the rows of the inbox', () => {
    const inbox = watched()
    expect(story.after.rows.length).toBeGreaterThan(story.before.rows.length)
    for (const fresh of story.after.rows) expect(shown(inbox.rows.get(fresh.id))).toEqual(shown(fresh))
    expect(inbox.rows.size).toBe(story.after.rows.length)
  })

  test('in the counts', () => {
    expect(watched().counts).toEqual(story.after.counts)
  })

  test('in an open conversation', () => {
    // Whoever has one open that was merged, or that another was merged into or taken out of, asks for it anew.
    const rejoined = story.events.filter((event) => /^Conversation(Joined|Left|Merged|Unmerged)$/.test(event.type)).map((event) => event.stream)
    for (const page of story.before.pages.filter((one) => !rejoined.includes(one.conversation.id))) {
      const fresh = fromPage(story.after.pages.find((one) => one.conversation.id === page.conversation.id)!)
      const known = applyToConversation(fromPage(page), story.events, story.me)
      expect(shown(known.row)).toEqual(shown(fresh.row))
      expect(known.scheduled).toEqual(fresh.scheduled)
      // The log of a story that is over has forgotten what was removed: so has whoever was there from its beginning.
      const seen = new Map(known.events.map((event) => [event.seq, event]))
      for (const event of fresh.events) expect(seen.get(event.seq) ?? event).toEqual(event)
    }
  })

  test('in every view, order and filter', () => {
    const rows = [...watched().rows.values()]
    expect(story.after.lists.length).toBeGreaterThan(VIEWS.length)
    for (const { filter, ids } of story.after.lists) {
      const found = rows.filter((row) => matches(row, filter, story.me)).sort(order(filter.sort as Sort))
      expect({ filter, ids: found.map((row) => row.id) }).toEqual({ filter, ids })
    }
    expect(rows.filter((row) => belongs(row, 'spam', story.me)).length).toBe(story.after.counts.spam)
  })
})
