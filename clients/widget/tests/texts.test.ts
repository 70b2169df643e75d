import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { LANGUAGES } from '@goodword/shared/texts'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const catalogues = Object.fromEntries(
  LANGUAGES.map((language) => [
    language,
    JSON.parse(readFileSync(resolve(root, `../../src/goodword/texts/${language}/widget.json`), 'utf8')) as Record<
      string,
      string
    >,
  ]),
)
const english = catalogues.en ?? {}
const base = (key: string) => key.replace(/\.(one|other)$/, '')
const placeholders = (text = '') => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const texts = catalogues[language] ?? {}

  it('are complete', () => {
    expect(new Set(Object.keys(texts).map(base))).toEqual(new Set(Object.keys(english).map(base)))
  })

  it('fill the same placeholders', () => {
    for (const [key, text] of Object.entries(texts)) {
      expect(placeholders(text), key).toEqual(placeholders(english[key] ?? english[`${base(key)}.other`]))
    }
  })

  it('have the plurals their language has', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => form !== 'many')
    for (const key of Object.keys(texts).filter((key) => key.endsWith('.other') && `${base(key)}.one` in english)) {
      for (const form of forms) expect(texts).toHaveProperty([`${base(key)}.${form}`])
    }
  })
})

it('are all used, and none is missing', () => {
  const source = readdirSync(resolve(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(resolve(root, 'src', file), 'utf8'))
    .join('\n')
  const made = /^(message\.(waiting|sending|sent|read|failed)|head\.reply\.\w+|rating\.(\d|why_\w+)|intake\.(what|since|wish|order))$/
  const unused = [...new Set(Object.keys(english).map(base))].filter(
    (key) => !source.includes(`'${key}'`) && !made.test(key),
  )
  expect(unused).toEqual([])
  const asked = [...source.matchAll(/\b[tn]\('([\w.]+)'/g)].map(([, key]) => key ?? '')
  expect(asked.filter((key) => !(key in english) && !(`${key}.other` in english))).toEqual([])
})
