import type { Line } from '../core/timeline'
import { h } from './element'
import { drawMessage } from './message'
import type { Inside } from './part'

/** A line on the screen: its element, and how to bring it up to date without drawing it anew. */
export interface Drawn {
  element: HTMLElement
  update(line: Line): void
}

/** @param grown something in the line has become higher, as pictures do */
export function drawLine(line: Line, setting: Inside, grown: () => void): Drawn {
  const { t, day } = setting.format
  if (line.kind === 'message') return drawMessage(line, setting, grown)
  const text = line.kind === 'day' ? day(line.at) : t(line.text, { name: line.name })
  return { element: h('p', { class: line.kind }, text), update: () => {} }
}
