type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>
type Child = Node | string | null | undefined | false

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
  for (const [name, value] of [
    ['viewBox', '0 0 24 24'],
    ['aria-hidden', 'true'],
    ['class', 'icon'],
  ] as const) {
    svg.setAttribute(name, value)
  }
  const line = document.createElementNS(SVG, 'path')
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}

/** Styles a shadow root without inline styles, so that a page's Content Security Policy has nothing against it. */
export function dress(root: ShadowRoot, css: string, nonce: string) {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  } catch {
    root.append(h('style', { nonce }, css))
  }
}

export const ICONS = {
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 19V5M6 11l6-6 6 6',
  attach: 'M20 11.5l-8.2 8.1a5 5 0 0 1-7.1-7.1l8.5-8.4a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.4a1.7 1.7 0 0 1-2.4-2.4l7.8-7.7',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.5 3.8-5.5 7.5-5.5s6.7 2 7.5 5.5',
  file: 'M7 3.5h7l4 4v13H7zM14 3.5v4h4',
} as const
