import { h, icon, ICONS, set, write } from './element'
import type { Part, Setting } from './part'
import { attach } from './attach'

const TEXT_LIMIT = 5_000

export interface Composer extends Part {
  focus(): void
  acceptDrops(area: HTMLElement): void
}

/** Where one writes. The draft outlives a reload. */
export function composer(setting: Setting, sent: () => void): Composer {
  const { chat, storage } = setting
  const { t, n } = setting.format
  const files = attach(setting, draw)
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
  const field = h('div', { class: 'field' }, files.open, text, send)
  const element = h('form', { class: 'composer', submit }, files.element, tooLong, field)
  text.value = storage.read<string>('draft') ?? ''

  const over = () => text.value.length - (chat.state.config?.limits.text ?? TEXT_LIMIT)
  const ready = () => over() <= 0 && !files.busy() && (!!text.value.trim() || files.attachments().length > 0)

  function draw() {
    write(tooLong, over() > 0 ? n('composer.long', over()) : '')
    text.ariaInvalid = String(over() > 0)
    set(send, 'aria-disabled', String(!ready()))
    text.style.blockSize = 'auto'
    text.style.blockSize = `${text.scrollHeight}px`
  }

  function typed() {
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

  function deliver() {
    if (!ready()) return
    chat.say(text.value.trim(), files.take())
    text.value = ''
    storage.write('draft', null)
    draw()
    sent()
  }

  function pasted(event: ClipboardEvent) {
    const pasted = event.clipboardData?.files
    if (!pasted?.length) return
    event.preventDefault()
    void files.add(pasted)
  }

  /** Lets files be dropped anywhere on `area`. */
  function acceptDrops(area: HTMLElement) {
    area.ondragover = (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      area.dataset.drop = t('composer.drop')
    }
    area.ondragleave = (event) => {
      if (!area.contains(event.relatedTarget as Node | null)) delete area.dataset.drop
    }
    area.ondrop = (event) => {
      if (area.dataset.drop) event.preventDefault()
      delete area.dataset.drop
      if (event.dataTransfer?.files.length) void files.add(event.dataTransfer?.files)
    }
  }

  return { element, draw, focus: () => text.focus(), acceptDrops }
}
