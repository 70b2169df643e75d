import style from 'virtual:media-style'
import type { Attachment, Card } from '@goodword/shared/events'
import { sizeText } from '../core/size'
import type { Inside } from '../view/part'

const FILE = 'M7 3.5h7l4 4v13H7zM14 3.5v4h4'

let dressed = false

/** What a message holds besides words: pictures and files, or cards to look at and act on. */
export function media(inside: Inside, all: readonly (Attachment | Card)[], grown: () => void): HTMLElement[] {
  if (!dressed) inside.dress(style)
  dressed = true
  const files = all.filter((one) => 'name' in one).map((file) => drawFile(file, inside, grown))
  const cards = all.filter((one) => 'title' in one)
  return cards.length ? [drawCards(cards, inside)] : files
}

/** A picture, or a file by name; pictures too, where the page forbids those from elsewhere. */
function drawFile({ name, url, size, content_type }: Attachment, inside: Inside, grown: () => void): HTMLElement {
  const { kit, format, base } = inside
  const { h, icon, safeHref } = kit
  const href = safeHref(url, base)
  const label = h(
    'span',
    { class: 'file' },
    icon(FILE),
    h('span', { dir: 'auto' }, name),
    h('small', {}, sizeText(size, format.language)),
  )
  setTimeout(grown)
  if (!href) return label
  const element = link(inside, href, label)
  const error = () => element.replaceChildren(label)
  if (content_type.startsWith('image/')) element.replaceChildren(h('img', { src: href, alt: name, load: grown, error }))
  return element
}

/** Cards side by side. A press on a button is said as the visitor's own words. */
function drawCards(cards: readonly Card[], inside: Inside): HTMLElement {
  const { h } = inside.kit
  const label = inside.format.t('message.cards')
  return h('div', { class: 'cards', role: 'list', tabindex: 0, 'aria-label': label }, ...cards.map((card) => drawCard(card, inside)))
}

function drawCard({ title, text, image, url, buttons }: Card, inside: Inside): HTMLElement {
  const { button, h, safeHref } = inside.kit
  const picture = image && safeHref(image, inside.base)
  const href = url && safeHref(url, inside.base)
  const error = (event: Event) => (event.target as Element).remove()
  const deeds = buttons.map(({ id, label }) => button('choice', () => inside.chat.say(label, [], id), label))
  return h(
    'article',
    { role: 'listitem' },
    picture && h('img', { src: picture, alt: '', error }),
    h('h4', { dir: 'auto' }, href ? link(inside, href, title) : title),
    text && h('p', { dir: 'auto' }, text),
    deeds.length && h('div', { class: 'deeds' }, ...deeds),
  )
}

function link({ kit, format }: Inside, href: string, content: Node | string): HTMLElement {
  const rel = 'noopener noreferrer nofollow'
  return kit.h('a', { href, target: '_blank', rel, title: format.t('link.new_tab') }, content)
}

;(window.goodwordParts ??= {}).media = media
