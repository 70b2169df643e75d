/** Addresses as they are typed and pasted, and what becomes of a letter by them. */

import type { Party } from '@goodword/shared/events'
import { addressed, SLOTS, type Addressing, type Slot } from './addressing'

const MOST = 50
const ADDRESS = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\.]+(?:\.[^\s@<>()[\],;:"\\.]+)+$/
const BETWEEN = /[,;，；、\n\t]/
const TOGETHER = /"[^"]*"?|<[^>]*>?|[^",;，；、\n\t<]+/g

export const isAddress = (address: string) => ADDRESS.test(address) && address.length <= 254

/** Whether something that was typed ends one address and begins the next. */
export const separates = (text: string) => partsOf(text).length > 1

/** Those whom a text names: `Dana Evans <dana@shop.example>, gus@shop.example`. Words alone are a name without an address. */
export const partiesIn = (text: string): Party[] =>
  partsOf(text).flatMap((part) => {
    const words = part.trim()
    const [, before, inside] = /^(.*?)<([^<>]*)>?$/s.exec(words) ?? []
    if (inside === undefined) return words ? [{ address: words.replace(/^mailto:/i, ''), name: '' }] : []
    return [{ address: inside.trim(), name: before!.trim().replace(/^"(.*)"$/s, '$1').trim() }]
  })

/** The text cut where one address ends; what stands in quotes or angles stays together. */
function partsOf(text: string): string[] {
  const parts = ['']
  let at = 0
  for (const found of text.matchAll(TOGETHER)) {
    if (BETWEEN.test(text.slice(at, found.index))) parts.push('')
    parts[parts.length - 1] += found[0]
    at = found.index + found[0].length
  }
  if (BETWEEN.test(text.slice(at))) parts.push('')
  return parts
}

/** What is being written passes this message on; who was chosen for another one stays. */
export const forwardOf = (before: Addressing | null | undefined, message: string): Addressing =>
  before?.forwards ? { ...before, forwards: message } : addressed({ forwards: message })

const keyOf = ({ address }: Party) => address.trim().toLowerCase()

/** With these in a slot as well. Nobody is named twice: he stands where he was put last. */
export function put(letter: Addressing, slot: Slot, parties: readonly Party[]): Addressing {
  const fresh = parties.filter((party, at) => keyOf(party) && parties.findIndex((one) => keyOf(one) === keyOf(party)) === at)
  const moved = new Set(fresh.map(keyOf))
  const others = (one: Slot) => letter[one].filter((party) => !moved.has(keyOf(party)))
  return { ...letter, to: others('to'), cc: others('cc'), bcc: others('bcc'), [slot]: [...others(slot), ...fresh] }
}

export const drop = (letter: Addressing, slot: Slot, address: string): Addressing => ({
  ...letter,
  [slot]: letter[slot].filter((party) => keyOf(party) !== address.trim().toLowerCase()),
})

/** What is wrong with somebody's address: it is none, or the mailbox's own. */
export const faultOf = ({ address }: Party, own: (address: string) => boolean): 'none' | 'own' | null =>
  isAddress(address.trim()) ? (own(address) ? 'own' : null) : 'none'

/** Why it can't go out like this. */
export function hindrance(letter: Addressing, own: (address: string) => boolean): 'missing' | 'faulty' | 'tooMany' | null {
  const all = SLOTS.flatMap((slot) => letter[slot])
  if (all.some((party) => faultOf(party, own))) return 'faulty'
  if (!letter.to.length) return 'missing'
  return all.length > MOST ? 'tooMany' : null
}
