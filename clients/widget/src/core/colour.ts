import type { Ink, Rgb } from './ink'

/** By the ending of the token: `--accent`, `--accent-ink`, `--accent-text`, `--accent-tint`. */
export type Brand = Record<'' | '-ink' | '-text' | '-tint', string>

const SURFACE = { light: [252, 250, 246], dark: [32, 30, 26] } as const
const INK = { light: [29, 34, 41], dark: [235, 231, 224] } as const

/**
 * The four uses of a company's colour on our paper, each moved towards the ink until it can be read (WCAG AA).
 *
 * `ink` measures colours; the launcher, which has to know that too, lends it.
 */
export function brand({ inkOn, parse, luminance }: Ink, colour: string, theme: 'light' | 'dark'): Brand | null {
  const given = parse(colour)
  if (!given) return null
  const surface = SURFACE[theme]
  const tint = mix(surface, given, 0.14)
  const accent = readable(given, surface, 3)
  return {
    '': css(accent),
    '-ink': inkOn(css(accent)),
    '-text': css(readable(given, tint, 4.5)),
    '-tint': css(tint),
  }

  function readable(colour: Rgb, on: Rgb, ratio: number): Rgb {
    let share = 0
    while (share < 1 && contrast(mix(colour, INK[theme], share), on) < ratio) share += 0.05
    return mix(colour, INK[theme], share)
  }

  /** The contrast of two colours as WCAG counts it, 1 to 21. */
  function contrast(a: Rgb, b: Rgb): number {
    const [one, other] = [luminance(a) + 0.05, luminance(b) + 0.05]
    return Math.max(one / other, other / one)
  }
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return a.map((part, i) => part + ((b[i] ?? 0) - part) * Math.min(1, share)) as unknown as Rgb
}

function css(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
}
