/** What a letter quotes of older letters: found by its marks in many languages, to be folded and never lost. */

export interface Part {
  kind: 'words' | 'quote'
  text: string
}

/** Longest header that a mail program writes over a quote, in lines: long addresses break it. */
const HEADER_LINES = 3

const MARKED = /^\s{0,3}>/

/** `On Tue, 3 Nov 2026 at 09:12, Dana Evans <dana@…> wrote:` as mail programs say it. */
const WROTE = new RegExp(
  [
    String.raw`^on\b.+\bwrote\s*:$`,
    String.raw`^le\b.+\ba écrit\s*:$`,
    String.raw`^am\b.+\bschrieb\b.*:$`,
    String.raw`^el\b.+\bescribió\s*:$`,
    String.raw`^il\b.+\bha scritto\s*:$`,
    String.raw`^em\b.+\bescreveu\s*:$`,
    String.raw`^op\b.+\bschreef\b.*:$`,
    String.raw`^(?:den|på)\b.+\bskrev\b.*:$`,
    String.raw`\d.+\bkirjoitti\s*:$`,
    String.raw`\d.+\bnapisała?(?:\(a\))?\s*:$`,
    String.raw`\d.+\bnapsala?(?:\(a\))?\s*:$`,
    String.raw`\d.+şunları yazdı\s*:$`,
    String.raw`\d.+(?:пишет|написала?(?:\(а\))?|пише)\s*:$`,
    String.raw`\d.+(?:작성|쓴 메시지|썼습니다)\s*:$`,
    String.raw`\d.+(?:写道|寫道)\s*[:：]$`,
    String.raw`^\d{4}年.+<[^>]+@[^>]+>\s*[:：]$`,
  ].join('|'),
  'iu',
)

const ORIGINAL =
  /^\s*[-_]{3,}\s*(?:original message|forwarded message|message d['’]origine|message transféré|ursprüngliche nachricht|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|원본 메시지|원본 메일|원래 메시지|原始邮件|邮件原件|原始郵件|原始訊息|元のメッセージ)\s*[-_]{3,}\s*$/iu

const FROM = /^\*?(?:from|de|von|van|da|fra|från|보낸 ?사람|发件人|寄件者|寄件人|差出人)\s*[:：]\*?\s*\S/iu
const ALSO = /^\*?(?:sent|date|to|subject|envoyé|à|objet|gesendet|an|betreff|enviado|para|asunto|inviato|oggetto|assunto|verzonden|aan|onderwerp|보낸 ?날짜|받는 ?사람|제목|날짜|发送时间|收件人|主题|日期|寄件日期|傳送時間|收件者|主旨|送信日時|宛先|件名)\s*[:：]/iu

/** A letter that the server has read already: what it folded is no longer among the words. */
export const lettered = (text: string, folded: string): Part[] => [
  ...(text.trim() ? [{ kind: 'words' as const, text }] : []),
  ...(folded.trim() ? [{ kind: 'quote' as const, text: folded }] : []),
]

/** The letter in parts, in order; put together by line breaks they are the letter. One without words of its own stays whole. */
export function parts(text: string): Part[] {
  const lines = text.split('\n')
  const kinds = lines.map(() => false)
  for (let at = 0; at < lines.length; at++) {
    if (kinds[at]) continue
    const end = endOfQuote(lines, at)
    kinds.fill(true, at, end)
  }
  joinOverBlanks(lines, kinds)
  const found: Part[] = []
  lines.forEach((line, at) => {
    const kind = kinds[at] ? 'quote' : 'words'
    const last = found.at(-1)
    if (last?.kind === kind) last.text += `\n${line}`
    else found.push({ kind, text: line })
  })
  const says = found.some((part) => part.kind === 'words' && part.text.trim())
  return says ? found : [{ kind: 'words', text }]
}

/** Where the quote that begins at this line ends, or the line itself when none begins. */
function endOfQuote(lines: string[], at: number): number {
  if (MARKED.test(lines[at]!)) return at + 1
  if (ORIGINAL.test(lines[at]!) || outlook(lines, at)) return lines.length
  const header = headerAt(lines, at)
  if (!header) return at
  const first = lines.slice(header).findIndex((line) => line.trim())
  // Under a header marked lines are the quote, and an answer may stand below them; unmarked ones go on to the end.
  return first >= 0 && MARKED.test(lines[header + first]!) ? header + first : lines.length
}

/** The line after a header that begins here, or 0. */
function headerAt(lines: string[], at: number): number {
  for (let more = 1; more <= HEADER_LINES; more++) {
    const last = lines[at + more - 1]
    if (!last?.trim()) return 0
    if (WROTE.test(lines.slice(at, at + more).join(' ').trim())) return more > 1 && WROTE.test(last.trim()) ? 0 : at + more
  }
  return 0
}

function outlook(lines: string[], at: number): boolean {
  if (!FROM.test(lines[at]!)) return false
  return lines.slice(at + 1, at + 5).filter((line) => ALSO.test(line)).length >= 2
}

/** Empty lines between two quoted ones belong to the quote, and those at its end do no harm in it. */
function joinOverBlanks(lines: string[], kinds: boolean[]) {
  for (let at = 1; at < lines.length; at++) {
    if (kinds[at] || !kinds[at - 1] || lines[at]!.trim()) continue
    const next = lines.findIndex((line, other) => other > at && line.trim())
    if (next < 0 || kinds[next]) kinds.fill(true, at, next < 0 ? lines.length : next)
  }
}
