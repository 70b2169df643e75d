import { describe, expect, it } from 'vitest'
import { BINDINGS, commandFor, sends, shown, type Press } from '@/core/keys'

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '',
  keyCode: 0,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
})

describe('single keys', () => {
  it('are commands where nothing is written', () => {
    const typed = [...'jkehatrng'].map((key) => commandFor(press(key), false))
    expect(typed).toEqual(['next', 'previous', 'done', 'snooze', 'assign', 'takeOver', 'reply', 'note', 'neediest'])
  })

  it('are letters where something is written', () => {
    for (const key of 'jkehatrng') expect(commandFor(press(key), true)).toBeNull()
  })

  it('belong to the input method while it composes', () => {
    expect(commandFor(press('j', { isComposing: true }), false)).toBeNull()
    expect(commandFor(press('Process', { keyCode: 229, code: 'KeyJ' }), false)).toBeNull()
    expect(commandFor(press('Enter', { keyCode: 229 }), false)).toBeNull()
  })

  it('work on Dubeolsik, where the J key writes ㅓ', () => {
    expect(commandFor(press('ㅓ', { code: 'KeyJ' }), false)).toBe('next')
    expect(commandFor(press('ㄷ', { code: 'KeyE' }), false)).toBe('done')
  })

  it('go by the letter on AZERTY, not by the place', () => {
    expect(commandFor(press('a', { code: 'KeyQ' }), false)).toBe('assign')
    expect(commandFor(press('q', { code: 'KeyA' }), false)).toBeNull()
    expect(commandFor(press('.', { code: 'Comma', shiftKey: true }), false)).toBe('showNewer')
  })

  it('with Shift are not the same command', () => {
    expect(commandFor(press('E', { shiftKey: true }), false)).toBeNull()
    expect(commandFor(press('?', { shiftKey: true }), false)).toBe('help')
  })
})

describe('chords', () => {
  it('open the palette anywhere, by Control or Command', () => {
    expect(commandFor(press('k', { ctrlKey: true }), true)).toBe('palette')
    expect(commandFor(press('k', { metaKey: true }), false)).toBe('palette')
    expect(commandFor(press('ㅏ', { code: 'KeyK', ctrlKey: true }), true)).toBe('palette')
  })

  it('leave the browser what is the browser’s', () => {
    expect(commandFor(press('r', { ctrlKey: true }), false)).toBeNull()
    expect(commandFor(press('n', { metaKey: true }), false)).toBeNull()
    expect(commandFor(press('j', { altKey: true }), false)).toBeNull()
  })

  it('send, but never in the middle of a composition', () => {
    expect(sends(press('Enter', { ctrlKey: true }))).toBe(true)
    expect(sends(press('Enter', { metaKey: true }))).toBe(true)
    expect(sends(press('Enter'))).toBe(false)
    expect(sends(press('Enter', { ctrlKey: true, isComposing: true }))).toBe(false)
    expect(sends(press('Enter', { ctrlKey: true, keyCode: 229 }))).toBe(false)
  })
})

it('shows bindings as they stand on the keyboard', () => {
  expect([shown(BINDINGS.done, false), shown(BINDINGS.palette, false), shown(BINDINGS.palette, true), shown('Escape', false)]).toEqual(['E', 'Ctrl K', '⌘K', 'Esc'])
})
