import { h } from './element'
import type { Inside, LaterPart, Part } from './part'

type Name = 'home' | 'contact' | 'rating'

/** A place for a part that is loaded when it is wanted for the first time, and hidden while it is not. */
export function slot(inside: Inside, name: Name, wanted: () => boolean, grown = () => {}): Part {
  const element = h('div', { class: name })
  let part: Part | undefined
  let loading = false

  function draw() {
    element.hidden = !wanted()
    if (element.hidden) return
    part?.draw()
    if (!loading) void load()
  }

  async function load() {
    loading = true
    try {
      await inside.load(name)
      part = (window.goodwordParts?.[name] as LaterPart)(inside)
      element.append(part.element)
      draw()
      grown()
    } catch {
      loading = false
    }
  }

  return { element, draw }
}
