export interface Piece {
  text: string
  href?: string
}

const CANDIDATE = /(?:https?:\/\/|www\.)[^\s<>"'`，。！？；：、（）【】《》「」『』…]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi
const TRAILING = /[.,;:!?'"*_~]+$/

/** Cuts a text into plain pieces and links. Only web and e-mail addresses become links; nothing else ever does. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const { 0: candidate, index } of text.matchAll(CANDIDATE)) {
    const link = trim(candidate)
    const href = address(link)
    if (!href) continue
    if (index > end) pieces.push({ text: text.slice(end, index) })
    pieces.push({ text: link, href })
    end = index + link.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

/** Takes off the punctuation of the sentence around a link, and a closing bracket that was opened before it. */
function trim(link: string): string {
  for (;;) {
    const last = link.at(-1) ?? ''
    const opening = { ')': '(', ']': '[', '}': '{' }[last]
    const orphan = opening && link.split(last).length > link.split(opening).length
    const shorter = orphan ? link.slice(0, -1) : link.replace(TRAILING, '')
    if (shorter === link) return link
    link = shorter
  }
}

function address(link: string): string | null {
  if (!/^(https?:|www\.)/i.test(link)) return `mailto:${link}`
  try {
    const url = new URL(/^www\./i.test(link) ? `https://${link}` : link)
    return url.hostname ? url.href : null
  } catch {
    return null
  }
}

/** The address if it is safe to link to (http, https, or a path on `base`), else null. */
export function safeHref(href: string, base: string): string | null {
  try {
    const url = new URL(href, base)
    return /^https?:$/.test(url.protocol) ? url.href : null
  } catch {
    return null
  }
}
