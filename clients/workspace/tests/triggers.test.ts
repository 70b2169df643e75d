import { describe, expect, it } from 'vitest'
import { LONGEST_TEXT, roomFor } from '@/core/limits'
import { mentioned, replaced, triggerAt, type Trigger } from '@/core/triggers'
import { ada, li } from './cast'

const at = (text: string, kind: 'reply' | 'note' = 'reply') => {
  const found = triggerAt(text, text.length, kind)
  return found && `${found.mark}${found.word} ${found.start}`
}

describe('the marks that open a list', () => {
  it('are a slash at the beginning of a word', () => {
    expect([at('/gre'), at('Hi /인사'), at('and/or'), at('/gre eting'), at('/gre', 'note')]).toEqual(['/gre 0', '/인사 3', null, null, null])
  })

  it('are a brace anywhere in a reply', () => {
    expect([at('Dear {'), at('Dear{cus'), at('{customer} '), at('{', 'note')]).toEqual(['{ 5', '{cus 4', null, null])
  })

  it('are colleagues and conversations in notes, and never an e-mail address', () => {
    expect([at('ask @li', 'note'), at('请@李', 'note'), at('li@fennel', 'note'), at('@li')]).toEqual(['@li 4', '@李 1', null, null])
    expect([at('see #10', 'note'), at('#', 'note'), at('A#1', 'note'), at('#10')]).toEqual(['#10 4', '# 0', null, null])
  })

  it('are an order only when its number follows at once, since > begins a quotation', () => {
    expect([at('>F-10'), at('about >2041'), at('> quoted'), at('>'), at('a>b')]).toEqual(['>F-10 0', '>2041 6', null, null, null])
  })

  it('give way to what was chosen, with a gap where words go on', () => {
    const mark = (text: string, kind: 'reply' | 'note') => triggerAt(text, text.length, kind) as Trigger
    expect(replaced('ask @li', 7, mark('ask @li', 'note'), '@Li Na')).toEqual({ text: 'ask @Li Na ', caret: 11 })
    expect(replaced('Dear {cus', 9, mark('Dear {cus', 'reply'), 'Dana')).toEqual({ text: 'Dear Dana', caret: 9 })
    expect(replaced('see #10, please', 7, mark('see #10', 'note'), '#1042').text).toBe('see #1042, please')
  })
})

describe('who is named in a note', () => {
  it('is found by the whole name, the longer of two first', () => {
    const lina = { id: 'agt_lina', name: 'Li Nakamura' }
    expect(mentioned('@Li Nakamura and @Ada Silva', [li, lina, ada]).map((one) => one.id)).toEqual(['agt_lina', 'agt_ada'])
    expect(mentioned('Li Na said', [li])).toEqual([])
  })
})

describe('room for words', () => {
  it('is told when it becomes small', () => {
    expect(roomFor('Hello', 5)).toEqual({ left: null, tooLong: false, tooManyFiles: false })
    expect(roomFor('x'.repeat(LONGEST_TEXT - 3), 6)).toEqual({ left: 3, tooLong: false, tooManyFiles: true })
    expect(roomFor('😀'.repeat(LONGEST_TEXT + 1), 0)).toMatchObject({ left: -1, tooLong: true })
  })
})
