import { unread } from '../core/state'
import { timeline, type Line } from '../core/timeline'
import { button, h, icon, ICONS, set, write } from './element'
import { drawLine, type Drawn } from './line'
import { standing } from '../core/conversation'
import { occasion } from '../core/rating'
import type { Inside, Part } from './part'
import { slot } from './slot'

const NEAR = 80
const CALM = 1_000

export interface Log extends Part {
  toEnd(): void
  atEnd(): boolean
}

/** The time line. Keeps to the end while the reader is there, and keeps his place while he is not. */
export function log(inside: Inside): Log {
  const { chat, format } = inside
  const drawn = new Map<string, Drawn>()
  const lines = h('div')
  const below = [slot(inside, 'contact', isNobodyThere, stay), slot(inside, 'rating', () => !!occasion(chat.state), stay)]
  const earlier = button('earlier', () => void fetchEarlier(), format.t('earlier.show'))
  const typist = h('span')
  const typing = h(
    'p',
    { class: 'typing', role: 'status' },
    typist,
    h('span', { class: 'dots' }, h('i'), h('i'), h('i')),
  )
  const scroller = h(
    'div',
    {
      class: 'log',
      role: 'log',
      'aria-live': 'off',
      tabindex: 0,
      'aria-label': format.t('panel.log'),
      scroll: scrolled,
    },
    earlier,
    lines,
    ...below.map(({ element }) => element),
    typing,
  )
  const news = h('span')
  const jump = button('jump', toEnd, news, icon(ICONS.send))
  let atEnd = true
  let fetching = false

  function draw() {
    const { state } = chat
    earlier.hidden = !state.earlier
    reconcile(timeline(state))
    for (const part of below) part.draw()
    drawTypist()
    stay()
    drawJump()
    if (state.config) setTimeout(readOut, CALM)
  }

  function isNobodyThere() {
    const now = standing(chat.state)
    return !!now?.nobody && now.status !== 'closed'
  }

  /** What was said before one came is not read out; what comes from now on is. */
  function readOut() {
    if (!fetching) set(scroller, 'aria-live', 'polite')
  }

  function drawTypist() {
    const { typist: who } = chat.state
    set(typing, 'data-shown', !!who)
    write(typist, who ? format.t(who.kind === 'assistant' ? 'typing.assistant' : 'typing.on', { name: who.name }) : '')
  }

  function drawJump() {
    const count = unread(chat.state)
    set(jump, 'data-shown', !atEnd)
    write(news, count ? format.n('message.new', count) : '')
    set(jump, 'aria-label', count ? null : format.t('message.latest'))
  }

  function reconcile(wanted: Line[]) {
    const keys = new Set(wanted.map(({ key }) => key))
    for (const [key, { element }] of drawn) {
      if (keys.has(key)) continue
      element.remove()
      drawn.delete(key)
    }
    let place = lines.firstElementChild
    for (const line of wanted) {
      const { element } = drawOne(line)
      if (element === place) place = place.nextElementSibling
      else lines.insertBefore(element, place)
    }
  }

  function drawOne(line: Line): Drawn {
    const known = drawn.get(line.key)
    known?.update(line)
    if (known) return known
    const fresh = drawLine(line, inside, stay)
    drawn.set(line.key, fresh)
    return fresh
  }

  function toEnd() {
    atEnd = true
    stay()
    drawJump()
  }

  function stay() {
    if (atEnd) scroller.scrollTop = scroller.scrollHeight
  }

  function scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = scroller
    atEnd = scrollHeight - scrollTop - clientHeight < NEAR
    if (atEnd && !document.hidden) chat.read()
    if (scrollTop < NEAR && scrollHeight > clientHeight) void fetchEarlier()
    drawJump()
  }

  /** What was read stays where it was while older lines come in above it, and they are not read out. */
  async function fetchEarlier() {
    if (fetching || !chat.state.earlier) return
    fetching = true
    set(scroller, 'aria-live', 'off')
    try {
      await chat.earlier()
      const fromEnd = scroller.scrollHeight - scroller.scrollTop
      draw()
      scroller.scrollTop = scroller.scrollHeight - fromEnd
    } catch {
      // The button stays; one can ask again.
    }
    fetching = false
    setTimeout(readOut, CALM)
  }

  new ResizeObserver(stay).observe(scroller)
  return { element: h('div', { class: 'lines' }, scroller, jump), draw, toEnd, atEnd: () => atEnd }
}
