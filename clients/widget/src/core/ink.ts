export type Rgb = readonly [number, number, number]

/** White or near-black, whichever reads better on the colour: they are even at a luminance of 0.18. */
export function inkOn(colour: string): string {
  return luminance(parse(colour) ?? [0, 0, 0]) < 0.18 ? '#fff' : '#100e0c'
}

/** Red, green and blue of `#rgb` or `#rrggbb`, 0 to 255. */
export function parse(colour: string): Rgb | null {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour.trim())?.[1]
  if (!hex) return null
  const digits = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16)) as unknown as Rgb
}

/** The relative luminance as WCAG counts it, 0 to 1. */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** What can be told of colours. */
export const ink = { inkOn, parse, luminance }
export type Ink = typeof ink
