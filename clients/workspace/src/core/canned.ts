/** Canned answers: found by `/`, written in the customer's language, their fields filled. */

import type { Canned } from './model'

/** The word after a `/` that begins the text or follows a space, right before the caret; else null. */
export function slashWord(text: string, caret: number): { word: string; start: number } | null {
  const found = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret))
  return found ? { word: found[1]!, start: caret - found[1]!.length - 1 } : null
}

export function textIn(canned: Canned, language: string | null): string {
  const texts = canned.texts
  return (language && texts[language]) || texts['en'] || Object.values(texts)[0] || ''
}

export function matching(all: readonly Canned[], word: string, language: string | null): Canned[] {
  const wanted = word.toLocaleLowerCase()
  const score = (one: Canned) => {
    const key = one.key.toLocaleLowerCase()
    if (key.startsWith(wanted)) return 0
    return key.includes(wanted) ? 1 : textIn(one, language).toLocaleLowerCase().includes(wanted) ? 2 : 3
  }
  return all.filter((one) => score(one) < 3).sort((a, b) => score(a) - score(b) || a.key.localeCompare(b.key)).slice(0, 8)
}

export type Fields = Partial<Record<'customer' | 'agent' | 'order' | 'company', string>>

/** Fills the fields; one without a value stays in its braces, so that it is seen before it is sent. */
export function filled(text: string, fields: Fields): string {
  return text.replace(/\{(customer|agent|order|company)\}/g, (whole, name: keyof Fields) => fields[name] || whole)
}

export function emptyFields(text: string): string[] {
  return [...text.matchAll(/\{(customer|agent|order|company)\}/g)].map((found) => found[0])
}
