/** Single keys and chords, safe with input methods and on layouts that write no Latin letters. */

export type Command =
  | 'next' | 'previous' | 'open' | 'back' | 'done' | 'snooze' | 'assign' | 'takeOver' | 'reply' | 'note'
  | 'neediest' | 'showNewer' | 'search' | 'undo' | 'palette' | 'help'
  | 'select' | 'selectNext' | 'selectPrevious' | 'selectAll' | 'markRead' | 'markUnread' | 'priority' | 'spam' | 'macros'
  | 'newConversation' | 'forward' | 'recipients'

/** A binding is the character of a key (`J` is `j` with Shift), or `mod+` and one: Command on a Mac, Control elsewhere. */
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
  select: 'x',
  selectNext: 'J',
  selectPrevious: 'K',
  selectAll: 'mod+a',
  markRead: 'i',
  markUnread: 'u',
  priority: 'p',
  spam: '!',
  macros: 'm',
  newConversation: 'c',
  forward: 'f',
  recipients: 'l',
}

/** The only chords that count in the middle of writing: there Ctrl A is the text's own. */
const WHILE_WRITING: readonly Command[] = ['palette']

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
 * The command of a key press, or null. `writing` says that the focus is where text is written: there only the palette
 * opens. A key that writes no Latin letter (ㅓ on Dubeolsik) counts by its place on the keyboard, any other by its letter
 * (A on AZERTY is A).
 */
export function commandFor(press: Press, writing: boolean, bindings: Bindings = BINDINGS): Command | null {
  const name = bindingOf(press)
  const found = (Object.keys(bindings) as Command[]).find((command) => bindings[command] === name)
  return found && (!writing || WHILE_WRITING.includes(found)) ? found : null
}

/** The binding that a press would be, or null when it is none: an input method's, or a modifier by itself. */
export function bindingOf(press: Press): string | null {
  if (composing(press) || press.altKey || MODIFIERS.includes(press.key)) return null
  return (press.ctrlKey || press.metaKey ? 'mod+' : '') + letterOf(press)
}

const MODIFIERS = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Unidentified', 'Tab']

function letterOf({ key, code, shiftKey }: Press): string {
  const cased = (letter: string) => (shiftKey ? letter.toUpperCase() : letter.toLowerCase())
  const foreign = key.length === 1 && /\p{L}/u.test(key) && !/[a-z]/i.test(key)
  if (foreign && /^Key[A-Z]$/.test(code)) return cased(code.slice(3))
  // Shift makes another command of a letter, but `?` and `.` need it on some layouts.
  return key.length === 1 && /[a-z]/i.test(key) ? cased(key) : key
}

/** Whether a press sends what is written: Ctrl or Command with Enter, never in the middle of a composition. */
export function sends(press: Press): boolean {
  return press.key === 'Enter' && (press.ctrlKey || press.metaKey) && !composing(press)
}

/** How a binding is shown to the person. */
export function shown(binding: string, mac: boolean): string {
  const names: Record<string, string> = { Enter: '↵', Escape: 'Esc', ' ': '␣', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' }
  const key = binding.replace('mod+', '')
  const shift = /^[A-Z]$/.test(key) ? '⇧' : ''
  const name = names[key] ?? shift + (key.length === 1 ? key.toUpperCase() : key)
  return binding.startsWith('mod+') ? (mac ? `⌘${name}` : `Ctrl ${name}`) : name
}

/** The usual bindings with a person's own laid over them. What isn't a known command is left out. */
export function merged(own: Partial<Record<string, unknown>>): Bindings {
  const mine = Object.entries(own).filter(([command, binding]) => command in BINDINGS && typeof binding === 'string' && binding)
  return { ...BINDINGS, ...(Object.fromEntries(mine) as Partial<Bindings>) }
}

/** Which other command has this binding already. */
export function takenBy(bindings: Bindings, binding: string, command: Command): Command | null {
  const others = (Object.keys(bindings) as Command[]).filter((one) => one !== command)
  return others.find((one) => bindings[one] === binding) ?? null
}

const RESERVED = ['Escape', 'Enter', 'Backspace', 'Delete', ' ', 'mod+c', 'mod+v', 'mod+x', 'mod+z', 'mod+r', 'mod+t', 'mod+w', 'mod+n', 'mod+q', 'mod+f', 'mod+Enter']

/** Keys that the browser, a list or the text needs for itself, and no command may have beyond its own. */
export const reserved = (binding: string, command: Command) => RESERVED.includes(binding) && BINDINGS[command] !== binding
