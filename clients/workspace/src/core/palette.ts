/** Which lines of the palette fit what is written. */

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase().normalize('NFC')

/** Every word that is written stands somewhere in the line; accents don't matter. Nothing written fits everything. */
export function fits(line: string, wanted: string): boolean {
  const text = folded(line)
  return folded(wanted).split(/\s+/).every((word) => text.includes(word))
}

/** Lines with a word that begins like what is written come before those that hold it somewhere. */
export function foundFirst<T extends { words: string }>(lines: readonly T[], wanted: string): T[] {
  if (!wanted) return [...lines]
  const start = folded(wanted)
  const begins = (line: T) => folded(line.words).split(/[\s“"(]+/).some((word) => word.startsWith(start)) || folded(line.words).startsWith(start)
  return [...lines.filter(begins), ...lines.filter((line) => !begins(line))]
}
