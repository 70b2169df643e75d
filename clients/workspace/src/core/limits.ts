/** What the server takes of one message, known before it hurts. */

export const LONGEST_TEXT = 20_000
export const MOST_FILES = 5
const TELL_BELOW = 1000

export interface Room {
  /** Characters that may still be written; told only when they become few. */
  left: number | null
  tooLong: boolean
  tooManyFiles: boolean
}

export function roomFor(text: string, files: number): Room {
  const left = LONGEST_TEXT - [...text].length
  return { left: left < TELL_BELOW ? left : null, tooLong: left < 0, tooManyFiles: files > MOST_FILES }
}
