/** What there is to say of a letter beside its words. */

/** What mail programs put before a subject that is answered or passed on, in whatever language they speak. */
const PREFIX = /^\s*(?:\[[^\]]{1,60}\]|(?:re|fwd?|aw|wg|sv|vs|vb|fs|tr|rv|enc|res|ref|rif|odp|pd|antw|doorst|回复|回覆|答复|转发|轉寄|답장|전달|返信|転送)(?:\[\d+\])?\s*[:：])\s*/iu

/** A subject without what an answer puts before it, and without our own mark. */
export function bare(subject: string): string {
  let words = subject.replace(/\[#\d+-[0-9a-f]+\]/g, ' ')
  for (let shorter = words.replace(PREFIX, ''); shorter !== words; shorter = words.replace(PREFIX, '')) words = shorter
  return words.replace(/\s+/g, ' ').trim()
}

/** Whether a letter's subject says anything that the conversation's doesn't. */
export const isNewSubject = (subject: string, known: string | null) =>
  bare(subject) !== '' && bare(subject).toLocaleLowerCase() !== bare(known ?? '').toLocaleLowerCase()
