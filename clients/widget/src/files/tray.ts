import type { Attachment } from '@goodword/shared/events'
import { sizeText } from '../core/size'
import type { Refused } from '../core/desk'
import type { Tray } from '../view/attach'
import style from 'virtual:files-style'
import type { Inside } from '../view/part'
import { refusal } from './limits'
import { drawPreview } from './preview'
import { upload } from './upload'

const AGAIN = 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 3.5v4h-4'
const CLOSE = 'M7 7l10 10M17 7L7 17'

let dressed = false

interface Loading {
  element: HTMLElement
  attachment: Attachment | null
  stop: AbortController
}

/** The files that will go with the next message: chosen, pasted or dropped, checked, and uploaded while one writes. */
export function tray({ chat, desk, dress, kit, format: { t, n, language } }: Inside, changed: () => void): Tray {
  const { h, pictured, write } = kit
  const input = h('input', { type: 'file', multiple: true, hidden: true, change: chosen })
  const list = h('ul')
  const problem = h('p', { class: 'problem', role: 'alert' })
  const element = h('div', {}, problem, list, input)
  let items: Loading[] = []

  const attachments = () => items.flatMap(({ attachment }) => attachment ?? [])
  const busy = () => items.some(({ attachment }) => !attachment)

  function choose() {
    input.accept = chat.state.config?.limits.file_types.join() ?? ''
    input.click()
  }

  function chosen() {
    add(input.files ?? [])
    input.value = ''
  }

  function add(files: Iterable<File>) {
    write(problem, '')
    for (const file of files) {
      const why = objection(file)
      if (why) write(problem, why)
      else start(file)
    }
    changed()
  }

  function objection(file: File): string {
    const limits = chat.state.config?.limits
    if (!limits) return t('file.failed', { name: file.name })
    const why = refusal(file, limits)
    if (why) return t(why, { name: file.name, size: sizeText(limits.file_bytes, language) })
    return items.length < limits.files_per_message ? '' : n('file.too_many', limits.files_per_message)
  }

  function start(file: File) {
    const { name } = file
    const bar = h('progress', { max: 1, 'aria-label': t('file.uploading') })
    const again = pictured('quiet', () => void send(file, item, bar, again), AGAIN, t('file.retry', { name }))
    const remove = pictured('quiet', () => drop(item), CLOSE, t('file.remove', { name }))
    const words = h(
      'span',
      { class: 'words' },
      h('span', { dir: 'auto' }, name),
      h('small', {}, sizeText(file.size, language)),
      bar,
    )
    const item: Loading = {
      element: h('li', {}, drawPreview(kit, file), words, again, remove),
      attachment: null,
      stop: new AbortController(),
    }
    items.push(item)
    list.append(item.element)
    void send(file, item, bar, again)
  }

  async function send(file: File, item: Loading, bar: HTMLProgressElement, again: HTMLElement) {
    bar.hidden = false
    again.hidden = true
    try {
      item.attachment = await upload(desk, file, (share) => (bar.value = share), item.stop.signal)
    } catch (error) {
      if (item.stop.signal.aborted) return
      const { passing, problem: said } = error as Partial<Refused>
      again.hidden = passing === false
      write(problem, said?.detail || t('file.failed', { name: file.name }))
    }
    bar.hidden = true
    changed()
  }

  function drop(item: Loading) {
    item.stop.abort()
    item.element.remove()
    items = items.filter((other) => other !== item)
    write(problem, '')
    changed()
  }

  function take(): Attachment[] {
    const taken = attachments()
    items = []
    list.replaceChildren()
    write(problem, '')
    return taken
  }

  if (!dressed) dress(style)
  dressed = true
  return { element, choose, add, take, busy, attachments }
}
