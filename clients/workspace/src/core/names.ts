/** How people are spoken of. */

import type { Letter, Party } from '@goodword/shared/events'

/** How one speaks of a person: the first word of a name, or all of one that is written in Chinese or Korean. */
export const firstName = (name: string) => (/[\p{Script=Han}\p{Script=Hangul}]/u.test(name) ? name : (name.split(' ')[0] ?? ''))

/** The first of them in a word, and how many more there are: `Gus +1`. */
export function briefly(parties: readonly Party[]): string {
  const [first] = parties
  const others = parties.length - 1
  return first ? `${firstName(first.name) || first.address}${others > 0 ? ` +${others}` : ''}` : ''
}

/** The same of everybody who gets a letter. */
export const readers = ({ to, cc, bcc = [] }: Pick<Letter, 'to' | 'cc' | 'bcc'>) => briefly([...to, ...cc, ...bcc])
