/** Words with what can be followed or stands out in them: `#1042`, an address of the web, `@Li Na`. */

export type Piece =
  | { kind: 'words' | 'url' | 'mention'; text: string }
  | { kind: 'conversation'; text: string; number: number }

const NUMBERED = String.raw`(?<![\p{L}\p{N}&/#])#(?<number>\d{1,9})(?![\p{L}\p{N}])`
const ADDRESS = String.raw`\b(?<url>https?:\/\/[^\s<>"'，。、；）】」]+)`
// What ends a sentence is not of the address in it.
const TRAILING = /[.,;:!?)\]]+$/

/** `names`: who is called by an `@` in the text. */
export function pieces(text: string, names: readonly string[] = []): Piece[] {
  const called = names.filter(Boolean).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  const calls = called.length ? String.raw`|(?<mention>@(?:${called.join('|')}))` : ''
  const found: Piece[] = []
  let from = 0
  const words = (to: number) => to > from && found.push({ kind: 'words', text: text.slice(from, to) })
  for (const match of text.matchAll(new RegExp(`${NUMBERED}|${ADDRESS}${calls}`, 'gu'))) {
    const { number, url } = match.groups ?? {}
    const shown = url ? url.replace(TRAILING, '') : match[0]
    words(match.index)
    found.push(number ? { kind: 'conversation', text: shown, number: Number(number) } : { kind: url ? 'url' : 'mention', text: shown })
    from = match.index + shown.length
  }
  words(text.length)
  return found
}
