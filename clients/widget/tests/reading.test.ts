import { describe, expect, it } from 'vitest'
import { backoff } from '../src/core/backoff'
import { brand } from '../src/core/colour'
import { newId } from '../src/core/id'
import { ink, inkOn, luminance, parse, type Rgb } from '../src/core/ink'
import { linkify, safeHref } from '../src/core/linkify'
import { sizeText } from '../src/core/size'
import { frameReader } from '../src/core/sse'
import { pageTitle } from '../src/core/title'
import { refusal } from '../src/files/limits'
import { config } from './fakeDesk'

describe('linkify', () => {
  const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? [])

  it.each([
    ['See https://fennel-oak.example/help.', ['https://fennel-oak.example/help']],
    ['(www.fennel-oak.example/a_(b))', ['https://www.fennel-oak.example/a_(b)']],
    ['请看https://fennel-oak.example/帮助。谢谢', ['https://fennel-oak.example/%E5%B8%AE%E5%8A%A9']],
    ['ada@fennel-oak.example에게', ['mailto:ada@fennel-oak.example']],
    ['javascript:alert(1) data:text/html,x ftp://a.b', []],
    ['https:// and www. alone', []],
    ['<img src=x onerror=alert(1)>', []],
  ])('finds the links of %j', (text, found) => {
    expect(links(text)).toEqual(found)
  })

  it.each(['a https://x.example b', 'www.x.example,www.y.example', 'https://x.example)))', '', '....@....'])(
    'loses nothing of %j',
    (text) => {
      expect(
        linkify(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text)
    },
  )

  it('stays quick on hostile text', () => {
    const begun = performance.now()
    linkify(`${'a.'.repeat(2500)}@${'-.'.repeat(2500)} ${'www.'.repeat(1200)}`)
    linkify(`https://x.example/${')'.repeat(5000)}`)
    expect(performance.now() - begun).toBeLessThan(500)
  })

  it('follows only web addresses', () => {
    expect(safeHref('/files/x', 'https://desk.example/')).toBe('https://desk.example/files/x')
    expect(safeHref('javascript:alert(1)', 'https://desk.example/')).toBeNull()
  })
})

describe('frames', () => {
  const text = ': beat\n\nid: 7\nevent: events\ndata: [1,\ndata: 2]\n\nevent: reset\ndata: {}\n\nid: 8\n\n'

  it.each([1, 2, 3, 7, 1000])('come out whole from pieces of %i', (size) => {
    for (const form of [text, text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r')]) {
      const feed = frameReader()
      const pieces = form.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
      expect([...pieces, '\n'].flatMap(feed)).toEqual([
        { id: '7', event: 'events', data: '[1,\n2]' },
        { id: null, event: 'reset', data: '{}' },
      ])
    }
  })
})

it('backs off by doubling, bounded, with jitter', () => {
  expect([1, 2, 3].map((attempt) => backoff(attempt, 0))).toEqual([500, 1000, 2000])
  expect(backoff(50, 0.999)).toBeLessThanOrEqual(30_000)
  expect(backoff(2, 0.5)).not.toBe(backoff(2, 0.6))
})

describe('files', () => {
  const file = (size: number, type = 'image/png') => ({ name: 'leak.png', size, type })

  it('are checked before they are sent', () => {
    expect(refusal(file(10), config.limits)).toBeNull()
    expect(refusal(file(0), config.limits)).toBe('file.empty')
    expect(refusal(file(5_000_001), config.limits)).toBe('file.too_large')
    expect(refusal(file(10, 'text/html'), config.limits)).toBe('file.wrong_type')
    expect(refusal(file(10), { ...config.limits, file_types: ['image/*'] })).toBeNull()
  })

  it('have a size one can read', () => {
    expect([sizeText(1_500_000, 'en'), sizeText(48_200, 'en'), sizeText(20, 'en')]).toEqual([
      '1.5 MB',
      '48 kB',
      '0.1 kB',
    ])
  })
})

describe('a company’s colour', () => {
  const ratio = (one: string, other: string) => {
    const [dark, light] = [one, other].map((colour) => luminance(parse(colour) as Rgb)).sort((x, y) => x - y) as [
      number,
      number,
    ]
    return (light + 0.05) / (dark + 0.05)
  }

  it.each(['#ffe600', '#000', '#ffffff', '#7a1fa2', '#e8e0d0', '#016569'])(
    '%s can be read in both themes',
    (colour) => {
      for (const theme of ['light', 'dark'] as const) {
        const own = brand(ink, colour, theme)
        if (!own) throw new Error('a colour')
        expect(ratio(own['-text'], own['-tint'])).toBeGreaterThanOrEqual(4.4)
        expect(ratio(own[''], own['-ink'])).toBeGreaterThanOrEqual(4.5)
      }
      expect(ratio(colour, inkOn(colour))).toBeGreaterThanOrEqual(4.5)
    },
  )

  it('that is none changes nothing', () => {
    expect(brand(ink, 'red;}', 'light')).toBeNull()
  })
})

it('gives the page’s title back as the page wants it', () => {
  const page = { title: 'Kettles' }
  const title = pageTitle(page)
  title.show(2)
  expect(page.title).toBe('(2) Kettles')
  title.show(3)
  expect(page.title).toBe('(3) Kettles')
  page.title = 'Knives'
  title.show(3)
  expect(page.title).toBe('(3) Knives')
  title.show(0)
  expect(page.title).toBe('Knives')
})

it('makes ids of their own', () => {
  expect(newId()).toMatch(/^\d+-\d+-\d+-\d+$/)
  expect(newId()).not.toBe(newId())
})
