/** Canned answers: found by `/`, written in the customer's language, their fields filled. */

import type { Canned } from './model'

/** Where an answer is not in the customer's language, the language that it comes in. */
export function languageOf(canned: Canned, language: string | null): string | null {
  const texts = canned.texts
  if (language && texts[language]) return language
  return texts['en'] ? 'en' : (Object.keys(texts)[0] ?? null)
}

export function textIn(canned: Canned, language: string | null): string {
  return canned.texts[languageOf(canned, language) ?? ''] ?? ''
}

/** Those whose name begins with the word first; among equals what is used often. */
export function matching(all: readonly Canned[], word: string, language: string | null): Canned[] {
  const wanted = word.toLocaleLowerCase()
  const score = (one: Canned) => {
    const key = one.key.toLocaleLowerCase()
    if (key.startsWith(wanted)) return 0
    return key.includes(wanted) ? 1 : textIn(one, language).toLocaleLowerCase().includes(wanted) ? 2 : 3
  }
  return all.filter((one) => score(one) < 3).sort((a, b) => score(a) - score(b) || byUse(a, b)).slice(0, 8)
}

export const byUse = (a: Canned, b: Canned): number => b.used - a.used || byName(a, b)
export const byName = (a: Canned, b: Canned): number => a.key.localeCompare(b.key)

/** An answer that was put into a text, as it was put there. */
export interface Put {
  id: string
  text: string
}

/** Of those that were put into a text, the ones (ids) of which a sentence still stands there: it was made from them. */
export function leftOf(text: string, put: readonly Put[]): string[] {
  const stands = ({ text: whole }: Put) => sentences(whole).some((sentence) => text.includes(sentence))
  return [...new Set(put.filter(stands).map((one) => one.id))]
}

const sentences = (text: string) => text.split(/(?<=[.!?。！？])\s*|\n/).map((part) => part.trim()).filter(Boolean)

export const FIELDS = ['customer', 'agent', 'order', 'company', 'number'] as const
export type FieldName = (typeof FIELDS)[number]
export type Fields = Partial<Record<FieldName, string>>

const FIELD = new RegExp(String.raw`\{(${FIELDS.join('|')})\}`, 'g')

/** Fills the fields; one without a value stays in its braces, so that it is seen before it is sent. */
export function filled(text: string, fields: Fields): string {
  return text.replace(FIELD, (whole, name: FieldName) => fields[name] || whole)
}

/** The fields that nothing has filled. */
export function emptyFields(text: string): string[] {
  return [...new Set([...text.matchAll(FIELD)].map((found) => found[0]))]
}
