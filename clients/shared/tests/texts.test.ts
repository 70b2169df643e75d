import { describe, expect, it } from 'vitest'
import { direction, fill, negotiate, texts } from '../src/texts'

describe('negotiate', () => {
  it.each([
    [['fr-CA'], 'fr'],
    [['zh-TW'], 'zh-Hant'],
    [['zh-HK'], 'zh-Hant'],
    [['zh-Hans-HK'], 'zh-Hans'],
    [['zh'], 'zh-Hans'],
    [['zh_CN'], 'zh-Hans'],
    [['KO-kr'], 'ko'],
    [[null, 'pt-BR', 'ko'], 'ko'],
    [['de'], 'en'],
    [[''], 'en'],
  ])('gives %j the language %s', (wanted, language) => {
    expect(negotiate(wanted)).toBe(language)
  })

  it('offers only what the company speaks', () => {
    expect(negotiate(['zh-TW', 'fr'], ['en', 'fr'])).toBe('fr')
  })
})

describe('texts', () => {
  it('fills placeholders and leaves unknown ones', () => {
    expect(fill('{name} will answer, {nobody}', { name: 'Ada' })).toBe('Ada will answer, {nobody}')
  })

  it('does not fill a placeholder that came in by a value', () => {
    expect(fill('{a}{b}', { a: '{b}', b: 'x' })).toBe('{b}x')
  })

  it('writes numbers as the language does', () => {
    expect(fill('{n}', { n: 1234.5 }, 'fr')).toMatch(/^1\s?234,5$/)
  })

  it('chooses plurals by language: zero is one in French, other in English', () => {
    const catalogue = { 'new.one': '{count} one', 'new.other': '{count} other' }
    expect(texts('fr', catalogue).n('new', 0)).toBe('0 one')
    expect(texts('en', catalogue).n('new', 0)).toBe('0 other')
    expect(texts('ko', { 'new.other': '{count}개' }).n('new', 1)).toBe('1개')
  })

  it('falls back by key', () => {
    expect(texts('fr', {}, { hello: 'Hello' }).t('hello')).toBe('Hello')
    expect(texts('fr', {}).t('hello')).toBe('hello')
  })
})

it('knows which scripts run from the right', () => {
  expect([direction('ar-EG'), direction('he'), direction('ko'), direction('fr')]).toEqual(['rtl', 'rtl', 'ltr', 'ltr'])
})
