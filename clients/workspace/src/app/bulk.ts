/** One deed to all that is selected: drawn at once, asked for in one call, one Undo for everything, what was refused told. */

import type { Texts } from '@goodword/shared/texts'
import { post } from '@/core/api'
import { askedOfMany, changes, portions, reversals, wishedOfMany, type BulkAnswer, type BulkDeed } from '@/core/bulk'
import { sendsAway } from '@/core/deeds'
import { mergeRows, overlay } from '@/core/inbox'
import type { Row } from '@/core/model'
import type { Desk } from './desk'

export async function actOnMany(desk: Desk, texts: Texts, rows: readonly Row[], deed: BulkDeed): Promise<void> {
  const changing = rows.filter((row) => changes(row, deed))
  if (!changing.length) return desk.say({ key: 'bulk.nothing' })
  const answered = ask(desk, texts, changing, deed)
  const undo = async () => {
    const refused = await answered
    const done = changing.filter((row) => !refused.includes(row.id))
    for (const back of reversals(done, deed)) await ask(desk, texts, done.filter((row) => back.ids.includes(row.id)), back.deed)
  }
  const there = reversals(changing, deed).length > 0
  desk.say(texts.n(`bulk.${nameOf(deed)}`, changing.length), there ? { undo: () => void undo() } : {})
  await answered
}

const nameOf = (deed: BulkDeed) => (deed.name === 'spam' && !deed.on ? 'notSpam' : deed.name)

/** The ids that were refused. */
async function ask(desk: Desk, texts: Texts, rows: readonly Row[], deed: BulkDeed): Promise<string[]> {
  const me = { id: desk.me.id, name: desk.me.name }
  const ids = rows.map((row) => row.id)
  draw(desk, rows, (row) => wishedOfMany(row, deed, me))
  desk.dismissed.update((all) => {
    const rest = [...all].filter((id) => !ids.includes(id))
    return new Set(deed.name !== 'read' && sendsAway(deed) ? [...rest, ...ids] : rest)
  })
  const refused: BulkAnswer['refused'] = []
  try {
    for (const portion of portions(ids)) {
      const answer = await post<BulkAnswer>('/conversations/bulk', { ids: portion, deed: askedOfMany(deed) })
      refused.push(...answer.refused)
      desk.inbox.update((value) => mergeRows(value, answer.done))
    }
    tellRefused(desk, texts, refused)
  } catch (error) {
    restore(desk, ids)
    desk.complain(error)
    return ids
  } finally {
    draw(desk, rows, () => null)
  }
  restore(desk, refused.map(({ id }) => id))
  return refused.map(({ id }) => id)
}

function draw(desk: Desk, rows: readonly Row[], wish: (row: Row) => Partial<Row> | null) {
  desk.inbox.update((value) => rows.reduce((inbox, row) => overlay(inbox, row.id, wish(row)), value))
}

const restore = (desk: Desk, ids: readonly string[]) => desk.dismissed.update((all) => new Set([...all].filter((id) => !ids.includes(id))))

function tellRefused(desk: Desk, { n }: Texts, refused: BulkAnswer['refused']) {
  if (!refused.length) return
  const reasons = [...new Set(refused.map(({ problem }) => problem.detail))]
  desk.say(`${n('bulk.refused', refused.length)} ${reasons.slice(0, 2).join(' ')}`, { tone: 'trouble' })
}
