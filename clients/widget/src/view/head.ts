import { standing } from '../core/conversation'
import { safeHref } from '../core/linkify'
import { h, ICONS, pictured, set, write } from './element'
import type { Part, Setting } from './part'

/** Who one is talking to, and the way home. Below it a line about the line, while something is wrong with it. */
export function head({ chat, format: { t }, base }: Setting, home: () => void, close: () => void, away: () => boolean) {
  const mark = h('span', { class: 'mark' })
  const company = h('h2')
  const who = h('p')
  const banner = h('p', { class: 'banner', role: 'status' })
  const back = pictured('quiet back', home, ICONS.back, t('head.home'))
  const shut = pictured('quiet', close, ICONS.close, t('head.close'))

  function draw() {
    const { config } = chat.state
    write(company, config?.company ?? t('panel.title'))
    write(who, config ? counterpart() : '')
    back.hidden = !config || !away()
    const logo = config?.brand.logo && safeHref(config.brand.logo, base)
    if (logo && !mark.firstChild) mark.append(h('img', { src: logo, alt: '', error: () => mark.replaceChildren() }))
    set(banner, 'data-shown', !!trouble())
    write(banner, trouble())
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

  function trouble(): string {
    const { line, config, unavailable } = chat.state
    if (unavailable !== null) return unavailable || t('panel.unavailable')
    if (line === 'offline') return t('line.offline')
    if (line === 'lost') return t('line.again')
    return line === 'connecting' && !config ? t('line.connecting') : ''
  }

  const element = h('header', {}, back, mark, h('div', {}, company, who), shut)
  return [{ element, draw }, { element: banner, draw: () => {} }] satisfies Part[]
}
