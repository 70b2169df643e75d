import { standing } from '../core/conversation'
import { safeHref } from '../core/linkify'
import { button, h, icon, ICONS, set, write } from './element'
import type { Part, Setting } from './part'

/** Who one is talking to. */
export function head({ chat, format: { t }, base }: Setting, close: () => void): Part {
  const mark = h('span', { class: 'mark' })
  const company = h('h2')
  const who = h('p')
  const shut = button('quiet', close, icon(ICONS.close))
  set(shut, 'aria-label', t('head.close'))

  function draw() {
    const { config } = chat.state
    write(company, config?.company ?? t('panel.title'))
    write(who, config ? counterpart() : '')
    const logo = config?.brand.logo && safeHref(config.brand.logo, base)
    if (logo && !mark.firstChild) mark.append(h('img', { src: logo, alt: '', error: () => mark.replaceChildren() }))
  }

  function counterpart(): string {
    const { config } = chat.state
    const now = standing(chat.state)
    if (now?.status === 'closed') return t('head.closed')
    if (now?.queue || now?.handler === 'queue') return t('head.queue')
    if (now?.agent) return t('head.agent', { name: now.agent })
    if (now?.handler === 'assistant') return t('head.assistant', { name: config?.assistant_name ?? '' })
    return t(`head.reply.${config?.reply_expectation}`)
  }

  return { element: h('header', {}, mark, h('div', {}, company, who), shut), draw }
}
