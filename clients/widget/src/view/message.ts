import type { Attachment, Card, Choice, Source } from '@goodword/shared/events'
import { linkify, safeHref } from '../core/linkify'
import type { Line, MessageLine } from '../core/timeline'
import { button, h, write } from './element'
import type { Drawn } from './line'
import type { Inside, Setting } from './part'

/** A message as it is read: who, what, what it rests on, what may be answered, how far it got. */
export function drawMessage(line: MessageLine, setting: Inside, grown: () => void): Drawn {
  const { t } = setting.format
  const { from, name, text, language, attachments, sources } = line
  const tag = from === 'assistant' && h('span', { class: 'tag' }, t('message.assistant'))
  const words = text && h('p', { class: 'text', dir: 'auto', lang: language }, ...drawText(text, setting))
  const files = attachments.length && drawMedia(attachments, setting, grown)
  const who = h('p', { class: 'who' }, from === 'customer' ? t('message.you') : name, tag)
  const choices = drawChoices(line.choices, setting)
  const meta = drawMeta(line.key, setting)
  const rests = drawSources(sources, setting)
  const bubble = (words || files || rests) && h('div', { class: 'bubble' }, words, files, rests)
  const element = h('div', {}, who, bubble, line.cards.length && drawMedia(line.cards, setting, grown), choices, meta.element)
  const update = (now: Line) => {
    if (now.kind !== 'message') return
    element.className = `message ${from}${now.first ? ' first' : ''}${now.last ? ' last' : ''} ${now.state ?? ''}`
    choices.hidden = !now.open
    meta.update(now)
  }
  update(line)
  return { element, update }
}

function drawText(text: string, setting: Setting) {
  return linkify(text).map(({ text, href }) => (href ? link(href, setting, text) : text))
}

function link(href: string, { format }: Setting, ...content: (Node | string)[]): HTMLElement {
  return h(
    'a',
    { href, target: '_blank', rel: 'noopener noreferrer nofollow', title: format.t('link.new_tab') },
    ...content,
  )
}

function drawSources(sources: readonly Source[], setting: Setting): HTMLElement | null {
  if (!sources.length) return null
  const rows = sources.map(({ title, heading, url }) => {
    const href = safeHref(url, setting.base)
    const text = heading && heading !== title ? `${title} – ${heading}` : title
    return h('li', {}, href ? link(href, setting, text) : text)
  })
  return h('div', { class: 'sources' }, setting.format.t('message.sources'), h('ul', {}, ...rows))
}

function drawChoices(choices: readonly Choice[], { chat, format }: Setting): HTMLElement {
  const buttons = choices.map(({ id, label }) => button('choice', () => chat.say(label, [], id), label))
  return h('div', { class: 'choices', role: 'group', 'aria-label': format.t('message.choices') }, ...buttons)
}

/** Files or cards. Their part is loaded with the first of them; until then they stand there by name. */
function drawMedia(media: readonly (Attachment | Card)[], inside: Inside, grown: () => void): HTMLElement {
  const place = h('div', {}, media.map((one) => ('name' in one ? one.name : one.title)).join('\n'))
  inside.load('media').then(
    () => place.replaceChildren(...(window.goodwordParts?.media?.(inside, media, grown) ?? [])),
    () => {},
  )
  return place
}

function drawMeta(key: string, { chat, format: { t, time } }: Setting) {
  const text = h('span')
  const reason = h('span', { class: 'reason' })
  const again = button('link', () => chat.retry(key), t('message.retry'))
  const drop = button('link', () => chat.discard(key), t('message.discard'))
  const element = h('p', { class: 'meta' }, text, again, drop, reason)
  const update = ({ at, state, refused }: MessageLine) => {
    write(text, time(at) + (state ? ` · ${t(`message.${state}`)}` : ''))
    write(reason, refused ?? '')
    again.hidden = drop.hidden = state !== 'failed'
  }
  return { element, update }
}
