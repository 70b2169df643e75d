type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>
type Child = Node | string | number | null | undefined | false

/** An element with attributes (functions become listeners, `true` an empty attribute) and children. Text stays text. */
export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value as (event: Event) => void)
    else set(element, name, value)
  }
  element.append(...children.filter((child): child is Node | string => !!child))
  return element
}

/** A button that is none of a form's. */
export function button(className: string, click: () => void, ...children: Child[]): HTMLButtonElement {
  return h('button', { type: 'button', class: className, click }, ...children)
}

/** A button with nothing but a picture on it. */
export function pictured(className: string, click: () => void, path: string, label: string): HTMLButtonElement {
  const element = button(className, click, icon(path))
  element.ariaLabel = element.title = label
  return element
}

/** Sets or takes away an attribute, and touches nothing if it is as it should be. */
export function set(element: Element, name: string, value: string | number | boolean | null | undefined) {
  const wanted = value === true ? '' : value === false || value == null ? null : String(value)
  if (wanted === element.getAttribute(name)) return
  if (wanted === null) element.removeAttribute(name)
  else element.setAttribute(name, wanted)
}

/** Sets a text, and touches nothing if it is the same: screen readers read out what changes. */
export function write(element: Element, text: string) {
  if (element.textContent !== text) element.textContent = text
}

const SVG = 'http://www.w3.org/2000/svg'

/** A picture of strokes in a 24 × 24 field. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  set(svg, 'viewBox', '0 0 24 24')
  set(svg, 'aria-hidden', 'true')
  set(svg, 'class', 'icon')
  const line = document.createElementNS(SVG, 'path')
  set(line, 'd', path)
  svg.append(line)
  return svg
}

export const ICONS = {
  back: 'M14 6l-6 6 6 6',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 19V5M6 11l6-6 6 6',
  attach: 'M9 14l7-7a2 2 0 0 1 3 3l-8 8a4 4 0 0 1-6-6l8-8',
  person: 'M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4 20a8 6 0 0 1 16 0',
} as const
