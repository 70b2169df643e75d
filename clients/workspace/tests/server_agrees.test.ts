/** Fed with a story that a real server lived through (`tests/walks/test_live_views.py` sets GOODWORD_STORY). */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { GoodwordEvent } from '@goodword/shared/events'
import { applyToRow, rowOpenedBy } from '../src/core/row'
import type { Row } from '../src/core/model'

const path = process.env.GOODWORD_STORY

test.skipIf(!path)('rows follow their events to where a fresh look finds them', () => {
  const story = JSON.parse(readFileSync(path!, 'utf8')) as { before: Row[]; after: Row[]; events: GoodwordEvent[] }
  const rows = new Map(story.before.map((row) => [row.id, row]))
  for (const event of story.events) {
    const row = rows.get(event.stream) ?? rowOpenedBy(event)
    if (row) rows.set(row.id, applyToRow(row, event))
  }
  expect(story.after.length).toBeGreaterThan(0)
  for (const fresh of story.after) {
    const { queue_position: _, ...shown } = fresh as Row & { queue_position?: number | null }
    const { queue_position: __, ...known } = rows.get(fresh.id) as Row & { queue_position?: number | null }
    expect(known).toEqual(shown)
  }
})
