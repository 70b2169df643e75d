import { direction, negotiate } from '@goodword/shared/texts'
import labels from 'virtual:launcher-texts'
import style from 'virtual:launcher-style'
import { inkOn } from '../core/ink'
import { load } from './load'
import type { EventName, Launched, Mounted, PublicApi } from './launched'

declare const __VERSION__: string

const script = (document.currentScript ?? document.querySelector('script[data-channel]')) as HTMLScriptElement
const { channel = '', language: wanted, color = '', position = '', theme } = script.dataset
const language = negotiate([wanted, document.documentElement.lang, ...navigator.languages], Object.keys(labels))
const label = labels[language] as Record<string, string>
const base = new URL('.', script.src).href.slice(0, -1)
const nonce = script.nonce ?? ''
/** Where the chat keeps what it remembers of the visitor. */
const kept = `goodword.${channel}.`

const host = document.createElement('goodword-chat')
const root = host.attachShadow({ mode: 'open' })
const frame = document.createElement('div')
const button = document.createElement('button')
const badge = document.createElement('span')

function draw() {
  frame.className = 'frame'
  frame.lang = language
  frame.dir = direction(language)
  frame.dataset.side = launched.side
  paint(color)
  button.className = 'launch'
  button.type = 'button'
  button.ariaHasPopup = 'dialog'
  button.ariaExpanded = 'false'
  button.onclick = () => (button.ariaExpanded === 'true' ? api.close() : api.open())
  badge.className = 'badge'
  button.append(picture(), badge)
  frame.append(button)
  root.append(frame)
  dress()
  unread(0)
  document.body.append(host)
}

function paint(color: string) {
  if (!/^#[\da-f]{3,6}$/i.test(color)) return
  frame.style.setProperty('--accent', color)
  frame.style.setProperty('--accent-ink', inkOn(color))
}

function picture(): SVGSVGElement {
  const [svg, path] = (['svg', 'path'] as const).map((tag) =>
    document.createElementNS('http://www.w3.org/2000/svg', tag),
  ) as [SVGSVGElement, SVGPathElement]
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute(
    'd',
    'M12 4.5c4.7 0 8 2.8 8 6.7s-3.3 6.7-8 6.7c-.9 0-1.8-.1-2.6-.3L5 19.5l1-3.3a6.3 6.3 0 0 1-2-5C4 7.3 7.3 4.5 12 4.5z',
  )
  svg.append(path)
  return svg
}

/** Constructed sheets are not subject to the page's style policy; old browsers get an element with its nonce. */
function dress() {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(style)
    root.adoptedStyleSheets = [sheet]
  } catch {
    const element = document.createElement('style')
    element.nonce = nonce
    element.textContent = style
    root.append(element)
  }
}

function unread(count: number, news = label['launcher.open']) {
  name(news)
  badge.textContent = count > 9 ? '9+' : String(count || '')
}

function name(text = '') {
  button.ariaLabel = button.title = text
}

const listeners: [EventName, (detail: unknown) => void][] = []
const launched: Launched = {
  base,
  channel,
  language,
  theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  color: color || null,
  side: position.includes('left') ? 'left' : 'right',
  nonce,
  root,
  frame,
  button,
  identity: null,
  load: (part) => load(`${base}/widget/${part}.js?${__VERSION__}`, nonce),
  unread,
  paint,
  emit: (event, detail) => listeners.forEach(([heard, listener]) => heard === event && listener(detail)),
}

let mounting: Promise<Mounted> | null = null

function mount(): Promise<Mounted> {
  const parts = (window.goodwordParts ??= {})
  mounting ??= Promise.all(['chat', `texts.${language}`].map(launched.load)).then(() =>
    (parts.mount as (launched: Launched) => Mounted)(launched),
  )
  mounting.catch(() => {
    mounting = null
    name(label['launcher.failed'])
  })
  return mounting
}

const ignore = () => {}

const api: PublicApi = {
  open: () => void mount().then((chat) => chat.open(), ignore),
  close: () => void mounting?.then((chat) => chat.close(), ignore),
  identify: (identity) => {
    launched.identity = identity
    void mounting?.then((chat) => chat.identify(identity), ignore)
  },
  forget: () => {
    launched.identity = null
    void mounting?.then((chat) => chat.end()).then(erase, ignore)
    mounting = null
    erase()
  },
  on: (event, listener) => {
    const entry: (typeof listeners)[0] = [event, listener]
    listeners.push(entry)
    return () => void listeners.splice(listeners.indexOf(entry), 1)
  },
  push: ([call, ...rest]) => (api[call] as (...rest: unknown[]) => void)(...rest),
}

function erase() {
  unread(0)
  try {
    for (const key in localStorage) if (key.startsWith(kept)) delete localStorage[key]
  } catch {
    // A page without storage has nothing to forget.
  }
}

/** The visitor left the panel open on the page before, or has a conversation under way: both are wishes to go on. */
function resume() {
  try {
    if (sessionStorage['goodword.open'] && matchMedia('(min-width:641px)').matches) return api.open()
    if (!localStorage[kept + 'unfinished']) return
    const idle = window.requestIdleCallback ?? ((deed: () => void) => setTimeout(deed, 2000))
    idle(() => void mount().then((chat) => chat.start(), ignore))
  } catch {
    // A page without storage has nothing to resume.
  }
}

function begin() {
  const early = window.goodword
  window.goodword = api
  draw()
  if (Array.isArray(early)) early.forEach(api.push)
  resume()
}

if (document.body) begin()
else addEventListener('DOMContentLoaded', begin)
