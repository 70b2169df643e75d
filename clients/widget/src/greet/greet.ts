import style from 'virtual:greet-style'
import type { Launched, PublicApi } from '../launcher/launched'
import { button, h, set } from '../view/element'
import { greetingFor, soonest, type Moment, type Rule } from './rules'

interface Site {
  language: string
  available: boolean
  /** What the button to dismiss it is called. */
  close: string
  greetings: Rule[]
}

const DARK = matchMedia('(prefers-color-scheme: dark)')

/** Looks whether one of the channel's greetings is due, now and while the visitor stays; says at most one a visit. */
export async function greet(launched: Launched) {
  const memory = remember(launched.channel)
  const answer = await fetch(`${launched.api}/site?language=${launched.language}`)
  if (!answer.ok) return
  const { greetings, available, close, language } = (await answer.json()) as Site
  const since = performance.now()
  let deepest = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const moment = (): Moment => ({
    path: location.pathname,
    seconds: (performance.now() - since) / 1000,
    scroll: (deepest = Math.max(deepest, seen())),
    visits: memory.visits,
    available,
    busy: launched.button.ariaExpanded === 'true' || launched.frame.hidden || document.hidden || isWriting(),
    greeted: memory.greeted(),
    dismissed: memory.dismissed(),
    now: Date.now(),
  })

  function look() {
    clearTimeout(timer)
    const now = moment()
    if (now.greeted) return removeEventListener('scroll', look)
    const due = greetingFor(greetings, now)
    if (due) return show(due)
    const wait = soonest(greetings, now)
    if (wait !== null) timer = setTimeout(look, Math.max(wait, 1) * 1000)
  }

  function show({ id, text }: Rule) {
    const open = button('', () => launched.button.click(), text)
    const dismiss = button('', () => gone('dismissed'), '×')
    const element = h('div', { class: 'greet', role: 'status', lang: language, keydown: escape }, open, dismiss)
    set(dismiss, 'aria-label', close)
    launched.frame.dataset.theme ??= launched.theme === 'auto' ? (DARK.matches ? 'dark' : 'light') : launched.theme
    launched.frame.prepend(element)
    memory.setGreeted()
    const stop = (window.goodword as PublicApi).on('open', () => gone('taken'))
    launched.emit('greeting', { id, what: 'shown' })

    function gone(what: 'dismissed' | 'taken') {
      if (!element.isConnected) return
      element.remove()
      stop()
      if (what === 'dismissed') memory.dismiss(id)
      launched.emit('greeting', { id, what })
    }

    function escape(event: KeyboardEvent) {
      if (event.key === 'Escape') gone('dismissed')
    }
  }

  launched.dress(style)
  addEventListener('scroll', look, { passive: true })
  document.addEventListener('visibilitychange', look)
  look()
}

/** The share of the page that has come into view, in hundredths. */
function seen(): number {
  const { scrollHeight } = document.documentElement
  return Math.min(100, ((scrollY + innerHeight) / Math.max(1, scrollHeight)) * 100)
}

/** Whether the visitor is filling something in; he is not to be disturbed. */
function isWriting(): boolean {
  const at = document.activeElement
  return !!at?.matches('input, textarea, select, [contenteditable]:not([contenteditable=false])')
}

/** What this browser remembers of greetings. A visit lasts as long as its tab. */
function remember(channel: string) {
  const key = `goodword.${channel}.greet`
  let local: Record<string, string> = {}
  let session: Record<string, string> = {}
  try {
    local = localStorage as never
    session = sessionStorage as never
  } catch {
    // Then every page is a first visit.
  }
  const known = (): { visits: number; dismissed: Record<string, number> } => {
    try {
      return { visits: 0, dismissed: {}, ...JSON.parse(local[key] ?? '{}') }
    } catch {
      return { visits: 0, dismissed: {} }
    }
  }
  const keep = (what: Partial<ReturnType<typeof known>>) => {
    try {
      local[key] = JSON.stringify({ ...known(), ...what })
    } catch {
      // A full disk greets once more.
    }
  }
  if (!session[key]) {
    session[key] = 'here'
    keep({ visits: known().visits + 1 })
  }
  return {
    visits: known().visits || 1,
    greeted: () => session[key] === 'greeted',
    setGreeted: () => void (session[key] = 'greeted'),
    dismissed: () => known().dismissed,
    dismiss: (id: string) => keep({ dismissed: { ...known().dismissed, [id]: Date.now() } }),
  }
}

;(window.goodwordParts ??= {}).greet = (launched) => void greet(launched).catch(() => {})
