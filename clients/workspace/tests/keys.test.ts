import { describe, expect, it } from 'vitest'
import { createKeys } from '@/core/bindings'
import { BINDINGS, bindingOf, commandFor, merged, reserved, sends, shown, takenBy, type Press } from '@/core/keys'
import { memory } from './cast'

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
    const selecting = [...'xip'].map((key) => commandFor(press(key), false))
    expect(selecting).toEqual(['select', 'markRead', 'priority'])
    expect(commandFor(press('!', { code: 'Slash' }), false)).toBe('spam')
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
    expect(commandFor(press('J', { shiftKey: true }), false)).toBe('selectNext')
    expect(commandFor(press('ㅓ', { code: 'KeyJ', shiftKey: true }), false)).toBe('selectNext')
    expect(commandFor(press('ㄸ', { code: 'KeyE', shiftKey: true }), false)).toBeNull()
    expect(commandFor(press('?', { shiftKey: true }), false)).toBe('help')
  })
})

describe('chords', () => {
  it('open the palette anywhere, by Control or Command', () => {
    expect(commandFor(press('k', { ctrlKey: true }), true)).toBe('palette')
    expect(commandFor(press('k', { metaKey: true }), false)).toBe('palette')
    expect(commandFor(press('ㅏ', { code: 'KeyK', ctrlKey: true }), true)).toBe('palette')
  })

  it('leave the text what is the text’s', () => {
    expect(commandFor(press('a', { ctrlKey: true }), false)).toBe('selectAll')
    expect(commandFor(press('a', { ctrlKey: true }), true)).toBeNull()
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

describe('keys of one’s own', () => {
  it('are laid over the usual ones and kept', () => {
    const storage = memory()
    createKeys(storage).bind('done', 'd')
    const keys = createKeys(storage)
    expect(commandFor(press('d'), false, keys.now.get())).toBe('done')
    expect(commandFor(press('e'), false, keys.now.get())).toBeNull()
    expect(commandFor(press('j'), false, keys.now.get())).toBe('next')
    keys.bind('done', null)
    expect(keys.now.get()).toEqual(BINDINGS)
    expect(storage.getItem('gw.keys')).toBeNull()
  })

  it('are seen at once by everyone who watches', () => {
    const keys = createKeys(memory())
    const seen: string[] = []
    keys.now.watch(() => seen.push(keys.now.get().done))
    keys.bind('done', 'D')
    keys.reset()
    expect(seen).toEqual(['D', 'e'])
  })

  it('are pressed to be named: by place on Dubeolsik, by letter on AZERTY', () => {
    expect(bindingOf(press('ㄷ', { code: 'KeyE' }))).toBe('e')
    expect(bindingOf(press('a', { code: 'KeyQ' }))).toBe('a')
    expect(bindingOf(press('é', { code: 'Digit2' }))).toBe('é')
    expect(bindingOf(press('d', { ctrlKey: true }))).toBe('mod+d')
    expect(bindingOf(press('Shift', { shiftKey: true }))).toBeNull()
    expect(bindingOf(press('ㅓ', { code: 'KeyJ', isComposing: true }))).toBeNull()
  })

  it('never stand for two commands, nor take what the browser needs', () => {
    expect(takenBy(BINDINGS, 'j', 'done')).toBe('next')
    expect(takenBy(BINDINGS, 'e', 'done')).toBeNull()
    expect(reserved('mod+c', 'done')).toBe(true)
    expect(reserved('Escape', 'back')).toBe(false)
    expect(new Set(Object.values(BINDINGS)).size).toBe(Object.keys(BINDINGS).length)
  })

  it('are the usual ones where the storage holds nonsense', () => {
    const storage = memory()
    storage.setItem('gw.keys', '[1')
    expect(createKeys(storage).now.get()).toEqual(BINDINGS)
    expect(merged({ done: 7, nonsense: 'x', next: '' })).toEqual(BINDINGS)
  })
})
