import { direction, negotiate } from '@goodword/shared/texts'
import labels from 'virtual:launcher-texts'
import style from 'virtual:launcher-style'
import { ink } from '../core/ink'
import { load } from './load'
import type { Call, EventName, Launched, Listener, Mounted, PublicApi } from './launched'

declare const __VERSION__: string

const script = (document.currentScript ?? document.querySelector('script[data-channel]')) as HTMLScriptElement
const { channel = '', language: wanted, color = '', position = '', theme, greet } = script.dataset
const nonce = script.nonce ?? ''
/** The parts lie in a folder of the script's own name, and what they ask the server for beside them. */
const place = script.src.replace(/\.js([?#].*)?$/, '')
/** Where the chat keeps what it remembers of the visitor. */
const kept = `goodword.${channel}.`
const [local, session] = remembered()
const language = negotiate(
  [session[`${kept}language`], wanted, document.documentElement.lang, ...navigator.languages],
  Object.keys(labels),
)
const host = document.createElement('goodword-help')
const root = host.attachShadow({ mode: 'open' })
const frame = document.createElement('div')
const button = document.createElement('button')
const badge = document.createElement('span')

/** A page without storage has nothing to remember. */
function remembered(): [Record<string, string>, Record<string, string>] {
  try {
    return [localStorage, sessionStorage] as never
  } catch {
    return [{}, {}]
  }
}

function draw() {
  frame.className = 'frame'
  frame.lang = language
  frame.dir = direction(language)
  frame.dataset.side = launched.side
  launched.paint(color)
  button.className = 'launch'
  button.type = 'button'
  button.ariaHasPopup = 'dialog'
  button.ariaExpanded = 'false'
  button.onclick = () => (button.ariaExpanded === 'true' ? api.close() : api.open())
  badge.className = 'badge'
  button.append(badge)
  frame.append(button)
  root.append(frame)
  launched.dress(style)
  launched.unread(0)
  document.body.append(host)
}

const listeners: [EventName, Listener][] = []
const launched: Launched = {
  src: script.src,
  api: place.replace(/\/widget$/, '/chat') + '/v1/' + encodeURIComponent(channel),
  channel,
  language,
  theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  color: color || null,
  side: position.includes('left') ? 'left' : 'right',
  frame,
  button,
  identity: null,
  calls: [],
  ink,
  session,
  load: (part) => load(`${place}/${part}.js?${__VERSION__}`, nonce),
  /** Constructed sheets are not subject to the page's style policy; old browsers get an element with its nonce. */
  dress: (css) => {
    try {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    } catch {
      const element = document.createElement('style')
      element.nonce = nonce
      element.textContent = css
      root.append(element)
    }
  },
  unread: (count, news = labels[language]) => {
    button.ariaLabel = button.title = news as string
    badge.textContent = count > 9 ? '9+' : String(count || '')
  },
  paint: (color) => {
    if (!/^#[\da-f]{3,6}$/i.test(color)) return
    frame.style.setProperty('--accent', color)
    frame.style.setProperty('--accent-ink', ink.inkOn(color))
  },
  emit: (event, detail) => listeners.forEach(([heard, listener]) => heard === event && listener(detail)),
}

let mounting: Promise<Mounted> | null = null

function mount(): Promise<Mounted> {
  const parts = (window.goodwordParts ??= {})
  mounting ??= Promise.all(['panel', `texts.${language}`].map(launched.load)).then(() =>
    (parts.mount as (launched: Launched) => Mounted)(launched),
  )
  mounting.catch(() => {
    mounting = null
    badge.textContent = '!'
  })
  return mounting
}

const ignore = () => {}

const api: PublicApi = {
  open: () => void mount().then((chat) => chat.open(), ignore),
  close: () => void mounting?.then((chat) => chat.close(), ignore),
  toggle: () => button.click(),
  show: () => void (frame.hidden = false),
  hide: () => {
    api.close()
    frame.hidden = true
  },
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
    listeners.push([event, listener])
    return () => api.off(event, listener)
  },
  off: (event, listener) => {
    const at = listeners.findIndex(([heard, known]) => heard === event && known === listener)
    if (at >= 0) listeners.splice(at, 1)
  },
  push: ([call, ...rest]) => (api[call] as (...rest: unknown[]) => void)(...rest),
  ...(Object.fromEntries(
    (['prefill', 'setAttributes', 'setLanguage', 'startIntake'] as const).map((name) => [name, handOn(name)]),
  ) as Pick<PublicApi, Call>),
}

/** What the chat does when it is there. A form that is asked for is worth fetching it. */
function handOn(name: Call) {
  return (given: unknown) => {
    launched.calls.push([name, given])
    if (name === 'startIntake') api.open()
  }
}

function erase() {
  launched.unread(0)
  for (const key in local) if (key.startsWith(kept)) delete local[key]
}

const idle = window.requestIdleCallback ?? ((deed: () => void) => setTimeout(deed, 2000))

/** The visitor left the panel open on the page before, or has a conversation under way: both are wishes to go on. */
function resume() {
  if (session['goodword.open'] && matchMedia('(min-width:641px)').matches) api.open()
  else if (local[`${kept}unfinished`]) idle(() => void mount().then((chat) => chat.start(), ignore))
  if (greet !== undefined) idle(() => void launched.load('greet').then(() => window.goodwordParts?.greet?.(launched), ignore))
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
