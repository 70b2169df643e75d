import type { Attachment } from '@goodword/shared/events'
import { button, h, icon, ICONS, set, write } from './element'
import type { Setting } from './part'

/** The files that will go with the next message. */
export interface Tray {
  element: HTMLElement
  add(files: readonly File[]): void
  /** Hands over what was uploaded and empties the tray. */
  take(): Attachment[]
  /** Whether something is still on its way, or has failed and waits for a decision. */
  busy(): boolean
  attachments(): Attachment[]
}

/** The way in for files. The tray itself is loaded with the first of them. */
export function attach(setting: Setting, changed: () => void) {
  const {
    chat,
    format: { t },
    load,
  } = setting
  const label = t('composer.attach')
  const problem = h('p', { class: 'problem', role: 'alert' })
  const input = h('input', { type: 'file', multiple: true, hidden: true, change: chosen })
  const open = button('quiet', choose, icon(ICONS.attach))
  const element = h('div', { class: 'tray' }, problem, input)
  let tray: Tray | undefined
  set(open, 'aria-label', label)
  set(open, 'title', label)

  function choose() {
    input.accept = chat.state.config?.limits.file_types.join() ?? ''
    input.click()
  }

  function chosen() {
    void add(input.files)
    input.value = ''
  }

  async function add(list: FileList | null | undefined) {
    const files = [...(list ?? [])]
    write(problem, '')
    try {
      if (!tray) await load('files')
      tray ??= window.goodwordParts?.tray?.(setting, changed)
      if (tray && !tray.element.isConnected) element.append(tray.element)
      tray?.add(files)
    } catch {
      write(problem, t('file.failed', { name: files[0]?.name ?? '' }))
    }
  }

  return {
    element,
    open,
    add,
    take: () => tray?.take() ?? [],
    busy: () => !!tray?.busy(),
    attachments: () => tray?.attachments() ?? [],
  }
}
