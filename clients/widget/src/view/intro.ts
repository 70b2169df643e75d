import { safeHref } from '../core/linkify'
import { h, set, write } from './element'
import type { Part, Setting } from './part'

/** The greeting, the plain word that an assistant answers first, and the way to read for oneself. */
export function intro({ chat, format: { t }, base }: Setting): Part {
  const greeting = h('p', { class: 'greeting' })
  const disclosure = h('p', { class: 'disclosure' })
  const help = h('a', { class: 'help', target: '_blank', rel: 'noopener', hidden: true }, t('intro.help'))

  function draw() {
    const { config } = chat.state
    write(greeting, config?.greeting ?? '')
    write(disclosure, config?.assistant_name ? t('intro.assistant', { name: config.assistant_name }) : '')
    const href = config?.help_url && safeHref(config.help_url, base)
    help.hidden = !href
    set(help, 'href', href || null)
  }

  return { element: h('div', { class: 'intro' }, greeting, disclosure, help), draw }
}
