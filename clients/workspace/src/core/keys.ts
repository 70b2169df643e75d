/** Single keys and chords, safe with input methods and on layouts that write no Latin letters. */

export type Command =
  | 'next' | 'previous' | 'open' | 'back' | 'done' | 'snooze' | 'assign' | 'takeOver' | 'reply' | 'note'
  | 'neediest' | 'showNewer' | 'search' | 'undo' | 'palette' | 'help'

/** A binding is the character of a key, or `mod+` and one: `mod` is Command on a Mac and Control elsewhere. */
export type Bindings = Record<Command, string>

export const BINDINGS: Bindings = {
  next: 'j',
  previous: 'k',
  open: 'Enter',
  back: 'Escape',
  done: 'e',
  snooze: 'h',
  assign: 'a',
  takeOver: 't',
  reply: 'r',
  note: 'n',
  neediest: 'g',
  showNewer: '.',
  search: '/',
  undo: 'z',
  palette: 'mod+k',
  help: '?',
}

export interface Press {
  key: string
  code: string
  keyCode: number
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  isComposing: boolean
}

/** True while an input method is at work: the key belongs to it, `Enter` above all. */
export function composing(press: Pick<Press, 'isComposing' | 'keyCode' | 'key'>): boolean {
  return press.isComposing || press.keyCode === 229 || press.key === 'Process'
}

/**
 * The command of a key press, or null. `writing` says that the focus is where text is written: there only chords
 * count. A key that writes no Latin letter (ㅓ on Dubeolsik) counts by its place on the keyboard, any other by its letter
 * (A on AZERTY is A).
 */
export function commandFor(press: Press, writing: boolean, bindings: Bindings = BINDINGS): Command | null {
  if (composing(press) || press.altKey) return null
  const mod = press.ctrlKey || press.metaKey
  if (writing && !mod) return null
  const name = (mod ? 'mod+' : '') + letterOf(press)
  const found = (Object.keys(bindings) as Command[]).find((command) => bindings[command] === name)
  return found ?? null
}

function letterOf({ key, code, shiftKey }: Press): string {
  const foreign = key.length === 1 && /\p{L}/u.test(key) && !/[a-z]/i.test(key)
  if (foreign && /^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase()
  // Shift makes another command of a letter, but `?` and `.` need it on some layouts.
  return key.length === 1 && /[a-z]/i.test(key) ? (shiftKey ? key.toUpperCase() : key.toLowerCase()) : key
}

/** Whether a press sends what is written: Ctrl or Command with Enter, never in the middle of a composition. */
export function sends(press: Press): boolean {
  return press.key === 'Enter' && (press.ctrlKey || press.metaKey) && !composing(press)
}

/** How a binding is shown to the person. */
export function shown(binding: string, mac: boolean): string {
  const names: Record<string, string> = { Enter: '↵', Escape: 'Esc' }
  const key = binding.replace('mod+', '')
  const name = names[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  return binding.startsWith('mod+') ? (mac ? `⌘${name}` : `Ctrl ${name}`) : name
}
