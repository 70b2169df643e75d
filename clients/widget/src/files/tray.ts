import type { Attachment } from '@goodword/shared/events'
import { sizeText } from '../core/size'
import { Refused } from '../core/desk'
import type { Tray } from '../view/attach'
import { button, h, icon, set, write } from '../view/element'
import type { Setting } from '../view/part'
import { refusal } from './limits'
import { drawPreview } from './preview'
import { upload } from './upload'

const AGAIN = 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 3.5v4h-4'
const CLOSE = 'M7 7l10 10M17 7L7 17'

interface Loading {
  element: HTMLElement
  attachment: Attachment | null
  stop: AbortController
}

/** The files that will go with the next message: chosen, pasted or dropped, checked, and uploaded while one writes. */
export function tray({ chat, desk, format: { t, n, language } }: Setting, changed: () => void): Tray {
  const list = h('ul')
  const problem = h('p', { class: 'problem', role: 'alert' })
  const element = h('div', {}, problem, list)
  let items: Loading[] = []

  const attachments = () => items.flatMap(({ attachment }) => attachment ?? [])
  const busy = () => items.some(({ attachment }) => !attachment)

  function add(files: readonly File[]) {
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
    const again = quiet(AGAIN, t('file.retry', { name }), () => void send(file, item, bar, again))
    const remove = quiet(CLOSE, t('file.remove', { name }), () => drop(item))
    const words = h(
      'span',
      { class: 'words' },
      h('span', { dir: 'auto' }, name),
      h('small', {}, sizeText(file.size, language)),
      bar,
    )
    const item: Loading = {
      element: h('li', {}, drawPreview(file), words, again, remove),
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
      again.hidden = error instanceof Refused && !error.passing
      write(problem, (error instanceof Refused && error.problem.detail) || t('file.failed', { name: file.name }))
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

  return { element, add, take, busy, attachments }
}

function quiet(picture: string, label: string, click: () => void): HTMLElement {
  const element = button('quiet', click, icon(picture))
  set(element, 'aria-label', label)
  set(element, 'title', label)
  return element
}
