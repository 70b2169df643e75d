/** A time line of several streams: merged conversations, messages that were split off and came back. */

import { describe, expect, it } from 'vitest'
import type { GoodwordEvent } from '@goodword/shared/events'
import { timeline } from '@/core/timeline'
import { applyToRow } from '@/core/row'
import { event, li, message, row, START } from './cast'

const OLD = 'cnv_dana'
const NEW = 'cnv_new'
const standing = {
  last_at: START + 9,
  waiting_since: START + 2,
  unread: 2,
  preview: { text: 'two', author_kind: 'customer' as const, kind: 'message' as const, at: START + 9 },
  scheduled: 1,
}
const said = (seq: number, text: string, stream = OLD) => event(seq, 'MessageReceived', { message: message(text) }, { stream })
const off = (seq: number, ...texts: string[]) =>
  event(seq, 'MessagesSplitOff', { into: { id: NEW, number: 7 }, message_ids: texts.map((text) => `msg_${text}`), standing })
const here = (seq: number, seqs: number[], ...texts: string[]) =>
  event(seq, 'MessagesMovedHere', { source: { id: OLD, number: 1042 }, messages: texts.map((text) => message(text)), seqs, standing }, { stream: NEW })
const back = (seq: number, ...texts: string[]) =>
  event(seq, 'SplitUndone', { into: { id: NEW, number: 7 }, message_ids: texts.map((text) => `msg_${text}`), standing })
const texts = (events: GoodwordEvent[], own?: string) =>
  timeline(events, null, () => 'today', own).flatMap((item) => (item.kind === 'message' ? item.message.text : []))

describe('a split', () => {
  const before = [said(1, 'one'), said(2, 'two')]
  const old = [...before, off(5, 'two')]
  const fresh = [here(4, [2], 'two'), said(6, 'three', NEW)]

  it('shows each message in one of the two', () => {
    expect(texts(old)).toEqual(['one'])
    expect(texts(fresh)).toEqual(['two', 'three'])
  })

  it('shows each once, where it was said, when both are merged by hand', () => {
    expect(texts([...old, ...fresh].sort((a, b) => a.seq - b.seq), OLD)).toEqual(['one', 'two', 'three'])
  })

  it('shows each once when it was undone', () => {
    const all = [...old, ...fresh, back(8, 'two')].sort((a, b) => a.seq - b.seq)
    expect(texts(all, OLD)).toEqual(['one', 'two', 'three'])
  })

  it('can be done again after it was undone', () => {
    expect(texts([...old, back(8, 'two'), off(9, 'two')])).toEqual(['one'])
  })
})

describe('a line of the inbox', () => {
  it('stands as the event says when messages came or went', () => {
    const joined = event(9, 'ConversationJoined', { source: { id: NEW, number: 7 }, messages: 2, standing })
    expect(applyToRow(row(), joined)).toMatchObject(standing)
    expect(applyToRow(row(), off(9, 'two'))).toMatchObject(standing)
  })

  it('says that one was called in a whisper', () => {
    const whispered = event(9, 'Whispered', { message: message('psst', { kind: 'note', mentions: [li] }), to: li })
    expect(applyToRow(row(), whispered, li.id).mentioned).toBe('new')
    expect(applyToRow(row(), whispered, 'agt_jun').mentioned).toBeNull()
  })
})
