import type { Attachment, Choice, Source } from '@goodword/shared/events'
import { sizeText } from '../core/size'
import { linkify, safeHref } from '../core/linkify'
import type { Line, MessageLine } from '../core/timeline'
import { button, h, icon, ICONS, write } from './element'
import type { Drawn } from './line'
import type { Setting } from './part'

/** A message as it is read: who, what, what it rests on, what may be answered, how far it got. */
export function drawMessage(line: MessageLine, setting: Setting, grown: () => void): Drawn {
  const { t } = setting.format
  const { from, name, text, language, attachments, sources } = line
  const tag = from === 'assistant' && h('span', { class: 'tag' }, t('message.assistant'))
  const words = text && h('p', { class: 'text', dir: 'auto', lang: language }, ...drawText(text, setting))
  const files = attachments.map((file) => drawFile(file, setting, grown))
  const who = h('p', { class: 'who' }, from === 'customer' ? t('message.you') : name, tag)
  const choices = drawChoices(line.choices, setting)
  const meta = drawMeta(line.key, setting)
  const bubble = h('div', { class: 'bubble' }, words, ...files, drawSources(sources, setting))
  const element = h('div', {}, who, bubble, choices, meta.element)
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

/** A picture, or a file by name; pictures too, where the page forbids those from elsewhere. */
function drawFile({ name, url, size, content_type }: Attachment, setting: Setting, grown: () => void) {
  const { format, base } = setting
  const href = safeHref(url, base)
  const label = h(
    'span',
    { class: 'file' },
    icon(ICONS.file),
    h('span', { dir: 'auto' }, name),
    h('small', {}, sizeText(size, format.language)),
  )
  if (!href) return label
  const element = link(href, setting, label)
  const error = () => element.replaceChildren(label)
  if (content_type.startsWith('image/')) element.replaceChildren(h('img', { src: href, alt: name, load: grown, error }))
  return element
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
