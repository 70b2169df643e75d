import style from 'virtual:chat-style'
import { brand } from '../core/colour'
import { occasion } from '../core/rating'
import { standing } from '../core/conversation'
import type { Launched } from '../launcher/launched'
import { composer } from './composer'
import { h } from './element'
import { foot } from './foot'
import { head } from './head'
import { kit } from './kit'
import { log } from './log'
import type { FormName, Go, Inside, Part, Setting, View } from './part'
import { slot } from './slot'

const PHONE = matchMedia('(max-width: 640px)')
const DARK = matchMedia('(prefers-color-scheme: dark)')
const OURS = '#016569'
let dressed = false

/** The dialog: modal and full-screen on a phone, a floating panel elsewhere. Inside: home, the conversation, a form. */
export function panel(launched: Launched, setting: Setting) {
  const { chat, format, dress, load } = setting
  const { frame, button } = launched
  const inside: Inside = { ...setting, kit, go: go as Go }
  const lines = log(inside)
  const home = slot(inside, 'home', () => view === 'home')
  const form = h('div', { class: 'form' })
  const middle = h('div', { class: 'middle' }, home.element, lines.element, form)
  const writing = composer(inside, said)
  const parts: Part[] = [
    ...head(setting, () => go('home'), close, () => view !== 'home'),
    { element: middle, draw: drawView },
    foot(setting, writing, () => view),
  ]
  const dialog = h('dialog', { class: 'panel', tabindex: -1, keydown: key }, ...parts.map(({ element }) => element))
  let view: View | undefined
  let filling: Part | undefined
  let drawing = false

  function open() {
    if (dialog.open) return
    show()
    draw()
    lines.toEnd()
    if (matchMedia('(pointer: coarse)').matches) dialog.focus()
    else writing.focus()
    told(true)
  }

  function close() {
    if (!dialog.open) return
    dialog.close()
    chat.rested()
    button.focus()
    told(false)
  }

  /** Modal on a phone: the browser then keeps the focus inside and the page behind quiet. */
  function show() {
    if (PHONE.matches) dialog.showModal()
    else dialog.show()
    fit()
  }

  function told(opened: boolean) {
    button.ariaExpanded = String(opened)
    // The launcher opens the panel again on the next page of this tab.
    if (opened) launched.session['goodword.open'] = '1'
    else delete launched.session['goodword.open']
    launched.emit(opened ? 'open' : 'close')
  }

  function end() {
    close()
    dialog.remove()
  }

  function key(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.isComposing || event.keyCode === 229) return
    event.stopPropagation()
    event.preventDefault()
    close()
  }

  function go(to: View, name?: FormName, then = () => go('log')) {
    view = to
    draw()
    if (to === 'log') lines.toEnd()
    if (name) void fill(name, then)
  }

  async function fill(name: FormName, then: () => void) {
    form.replaceChildren()
    try {
      await load('forms')
      filling = window.goodwordParts?.forms?.(inside, name, then)
      form.replaceChildren(...(filling ? [filling.element] : []))
      filling?.element.querySelector<HTMLElement>('input,textarea')?.focus()
    } catch {
      go('log')
    }
  }

  function said() {
    go('log')
  }

  /** Where one begins: at home, unless a conversation is under way or has yet to be judged. */
  function drawView() {
    const { state } = chat
    if (!view && !state.config) return
    const now = standing(state)
    view ??= state.outbox.length || (now && (now.status !== 'closed' || occasion(state))) ? 'log' : 'home'
    lines.element.hidden = view !== 'log'
    form.hidden = view !== 'form'
    home.draw()
    if (view === 'log') lines.draw()
    else filling?.draw()
  }

  /** Several changes of one moment are drawn once. */
  function soon() {
    if (drawing) return
    drawing = true
    setTimeout(draw)
  }

  function draw() {
    drawing = false
    if (!dialog.open) return
    const company = chat.state.config?.company
    dialog.ariaLabel = company ? format.t('panel.label', { company }) : format.t('panel.title')
    for (const part of parts) part.draw()
    colour()
    if (!document.hidden && view === 'log' && lines.atEnd()) chat.read()
  }

  /** Keeps above the keyboard of a phone, which covers the page without resizing it. */
  function fit() {
    const seen = PHONE.matches && dialog.open ? visualViewport : null
    dialog.style.blockSize = seen ? `${seen.height}px` : ''
    dialog.style.insetBlockStart = seen ? `${seen.offsetTop}px` : ''
  }

  function colour() {
    const theme = launched.theme === 'auto' ? (DARK.matches ? 'dark' : 'light') : launched.theme
    frame.dataset.theme = theme
    const given = launched.color ?? chat.state.config?.brand.color ?? ''
    const own = brand(launched.ink, given, theme) ?? brand(launched.ink, OURS, theme)
    launched.paint(given)
    for (const name of ['', '-ink', '-text', '-tint'] as const) {
      dialog.style.setProperty(`--accent${name}`, own?.[name] ?? '')
    }
  }

  dialog.oncancel = (event) => {
    event.preventDefault()
    close()
  }
  DARK.onchange = colour
  PHONE.onchange = () => {
    if (!dialog.open) return
    dialog.close()
    show()
  }
  chat.subscribe(soon)
  document.addEventListener('visibilitychange', soon)
  visualViewport?.addEventListener('resize', fit)
  visualViewport?.addEventListener('scroll', fit)
  writing.acceptDrops(dialog)
  if (!dressed) dress(style)
  dressed = true
  frame.append(dialog)
  colour()
  return {
    open,
    close,
    end,
    isOpen: () => dialog.open,
    prefill: writing.prefill,
    form: (name: FormName) => go('form', name),
  }
}
