/**
 * Texts by language: which language a person gets, and how a text of the catalogue becomes a sentence.
 *
 * A catalogue is a flat object `{"key.sub": "Text with {placeholder}"}`; a plural is `key.one` and `key.other`.
 */

export const LANGUAGES = ['en', 'fr', 'ko', 'zh-Hans', 'zh-Hant'] as const
export type Language = (typeof LANGUAGES)[number]

export type Catalogue = Record<string, string>
export type Values = Record<string, string | number>

export interface Texts {
  language: string
  /** The text of `key` with its placeholders filled. An unknown key comes back as itself. */
  t(key: string, values?: Values): string
  /** The plural form of `key` for `count`, which fills `{count}` too. */
  n(key: string, count: number, values?: Values): string
}

/** The first of the wanted languages that we speak, else the fallback. `zh-TW` is zh-Hant, `zh` and `zh-SG` zh-Hans. */
export function negotiate(
  wanted: readonly (string | null | undefined)[],
  spoken: readonly string[] = LANGUAGES,
  fallback = 'en',
): string {
  for (const tag of wanted) {
    const found = tag && match(tag, spoken)
    if (found) return found
  }
  return fallback
}

function match(tag: string, spoken: readonly string[]): string | undefined {
  const lower = tag.toLowerCase().replaceAll('_', '-')
  const exact = spoken.find((language) => language.toLowerCase() === lower)
  if (exact) return exact
  const base = lower.split('-')[0]
  if (base === 'zh') {
    const script = /-(hant|tw|hk|mo)\b/.test(lower) && !lower.includes('hans') ? 'zh-Hant' : 'zh-Hans'
    return spoken.includes(script) ? script : undefined
  }
  return spoken.find((language) => language.toLowerCase().split('-')[0] === base)
}

/** `rtl` for the scripts written from the right. */
export function direction(language: string): 'ltr' | 'rtl' {
  return /^(ar|fa|he|ur|ps|yi|dv|ug|ckb)\b/i.test(language) ? 'rtl' : 'ltr'
}

/** Puts the values into a text; a placeholder without a value stays as it is. Numbers are written as the language does. */
export function fill(text: string, values: Values = {}, language?: string): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? value.toLocaleString(language) : value
  })
}

/** The texts of one language; keys that are missing are looked for in `fallback`. */
export function texts(language: string, catalogue: Catalogue, fallback: Catalogue = {}): Texts {
  const rules = new Intl.PluralRules(language)
  const find = (key: string) => catalogue[key] ?? fallback[key]
  return {
    language,
    t: (key, values) => fill(find(key) ?? key, values, language),
    n: (key, count, values) =>
      fill(find(`${key}.${rules.select(count)}`) ?? find(`${key}.other`) ?? key, { count, ...values }, language),
  }
}
