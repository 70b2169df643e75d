import style from 'virtual:chat-style'
import { brand } from '../core/colour'
import type { Launched } from '../launcher/launched'
import { banner } from './banner'
import { composer } from './composer'
import { dress, h, ICONS } from './element'
import { foot } from './foot'
import { head } from './head'
import { log } from './log'
import type { Setting } from './part'

const PHONE = matchMedia('(max-width: 640px)')
const DARK = matchMedia('(prefers-color-scheme: dark)')

/** The dialog: modal and full-screen on a phone, a floating panel elsewhere. */
export function panel(launched: Launched, setting: Setting) {
  const { chat, format } = setting
  const { frame, button } = launched
  const lines = log(setting)
  const writing = composer(setting, () => lines.toEnd())
  const picture = button.querySelector('path')
  const bubble = picture?.getAttribute('d') ?? ''
  const parts = [head(setting, close), banner(setting), lines, foot(setting, writing)]
  const dialog = h('dialog', { class: 'panel', tabindex: -1, keydown: key }, ...parts.map(({ element }) => element))
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
    picture?.setAttribute('d', opened ? ICONS.close : bubble)
    remember(opened)
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
    if (!document.hidden && lines.atEnd()) chat.read()
  }

  /** Keeps above the keyboard of a phone, which covers the page without resizing it. */
  function fit() {
    const view = PHONE.matches && dialog.open ? visualViewport : null
    dialog.style.blockSize = view ? `${view.height}px` : ''
    dialog.style.insetBlockStart = view ? `${view.offsetTop}px` : ''
  }

  function colour() {
    const theme = launched.theme === 'auto' ? (DARK.matches ? 'dark' : 'light') : launched.theme
    frame.dataset.theme = theme
    const given = launched.color ?? chat.state.config?.brand.color ?? ''
    const own = brand(given, theme)
    if (own) launched.paint(given)
    for (const name of ['', '-ink', '-text', '-tint'] as const) {
      dialog.style.setProperty(`--accent${name}`, own?.[name] ?? null)
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
  dress(launched.root, style, launched.nonce)
  frame.append(dialog)
  colour()
  return { open, close, end }
}

/** The launcher opens the panel again on the next page of this tab. */
function remember(open: boolean) {
  try {
    if (open) sessionStorage.setItem('goodword.open', '1')
    else sessionStorage.removeItem('goodword.open')
  } catch {
    // Then the next page begins closed.
  }
}
