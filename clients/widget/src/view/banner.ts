import { h, set, write } from './element'
import type { Part, Setting } from './part'

/** A line about the line: shown only while something is wrong with it. */
export function banner({ chat, format: { t } }: Setting): Part {
  const element = h('p', { class: 'banner', role: 'status' })

  function text(): string {
    const { line, config, unavailable } = chat.state
    if (unavailable !== null) return unavailable || t('panel.unavailable')
    if (line === 'offline') return t('line.offline')
    if (line === 'lost') return t('line.again')
    return line === 'connecting' && !config ? t('line.connecting') : ''
  }

  function draw() {
    set(element, 'data-shown', !!text())
    write(element, text())
  }

  return { element, draw }
}
