import { h, icon, ICONS, set, write } from './element'
import type { Inside, Part } from './part'
import { attach } from './attach'

const TEXT_LIMIT = 5_000

export interface Composer extends Part {
  focus(): void
  /** Words of the page's, for the visitor to send. */
  prefill(words: string): void
  acceptDrops(area: HTMLElement): void
}

/** Where one writes. The draft outlives a reload. */
export function composer(inside: Inside, sent: () => void): Composer {
  const { chat, storage } = inside
  const { t, n } = inside.format
  const tray = attach(inside, draw)
  const text = h('textarea', {
    rows: 1,
    dir: 'auto',
    enterkeyhint: 'send',
    'aria-label': t('composer.label'),
    placeholder: t('composer.placeholder'),
    input: typed,
    keydown: key,
    blur: () => chat.rested(),
    paste: pasted,
  })
  const send = h('button', { class: 'send', 'aria-label': t('composer.send') }, icon(ICONS.send))
  const tooLong = h('p', { class: 'problem', role: 'status' })
  const field = h('div', { class: 'field' }, tray.open, text, send)
  const element = h('form', { class: 'composer', submit }, tray.element, tooLong, field)
  text.value = storage.read<string>('draft') ?? ''
  let meant = false

  const over = () => text.value.length - (chat.state.config?.limits.text ?? TEXT_LIMIT)
  const ready = () => over() <= 0 && !tray.busy() && (!!text.value.trim() || tray.attachments().length > 0)

  function draw() {
    write(tooLong, over() > 0 ? n('composer.long', over()) : '')
    text.ariaInvalid = `${over() > 0}`
    set(send, 'aria-disabled', `${!ready()}`)
    text.style.blockSize = 'auto'
    text.style.blockSize = `${text.scrollHeight}px`
    if (meant && chat.state.config) deliver()
  }

  function typed() {
    meant = false
    storage.write('draft', text.value || null)
    if (text.value.trim()) chat.typed()
    else chat.rested()
    draw()
  }

  /** Enter sends; with Shift it is a new line; while an input method composes it belongs to that. */
  function key(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    deliver()
  }

  function submit(event: SubmitEvent) {
    event.preventDefault()
    deliver()
    text.focus()
  }

  /**
   * A stranger is asked first who he is, where the company wishes so; then what he wrote goes out by itself. So it does
   * where we don't know yet what the company wishes.
   */
  function deliver() {
    if (!ready()) return
    const { config } = chat.state
    meant = !config
    if (!config) return
    if (config.questions.length) return inside.go('form', 'ask', deliver)
    chat.say(text.value.trim(), tray.take())
    text.value = ''
    storage.write('draft', null)
    draw()
    sent()
  }

  function pasted(event: ClipboardEvent) {
    const pasted = event.clipboardData?.files
    if (!pasted?.length) return
    event.preventDefault()
    tray.add(pasted)
  }

  /** Lets files be dropped anywhere on `area`. */
  function acceptDrops(area: HTMLElement) {
    area.ondragover = area.ondragleave = area.ondrop = (event) => {
      const files = event.dataTransfer
      if (!files?.types.includes('Files')) return
      event.preventDefault()
      set(area, 'data-drop', event.type === 'dragover' && t('composer.drop'))
      tray.add(files.files)
    }
  }

  function prefill(words: string) {
    text.value = words
    typed()
  }

  return { element, draw, focus: () => text.focus(), prefill, acceptDrops }
}
