import type { Attachment } from '@goodword/shared/events'
import { h, ICONS, pictured, write } from './element'
import type { Inside } from './part'

/** The files that will go with the next message. */
export interface Tray {
  element: HTMLElement
  /** Lets one choose. */
  choose(): void
  add(files: Iterable<File>): void
  /** Hands over what was uploaded and empties the tray. */
  take(): Attachment[]
  /** Whether something is still on its way, or has failed and waits for a decision. */
  busy(): boolean
  attachments(): Attachment[]
}

/** The way in for files. The tray itself is loaded with the first of them. */
export function attach(inside: Inside, changed: () => void) {
  const { t } = inside.format
  const problem = h('p', { class: 'problem', role: 'alert' })
  const open = pictured('quiet', () => void get((tray) => tray.choose()), ICONS.attach, t('composer.attach'))
  const element = h('div', { class: 'tray' }, problem)
  let tray: Tray | undefined

  async function get(then: (tray: Tray) => void) {
    write(problem, '')
    try {
      if (!tray) await inside.load('files')
      tray ??= window.goodwordParts?.tray?.(inside, changed)
      if (!tray) return
      element.append(tray.element)
      then(tray)
    } catch {
      write(problem, t('file.failed', { name: '' }))
    }
  }

  return {
    element,
    open,
    add: (files: Iterable<File>) => {
      const list = [...files]
      if (list.length) void get((tray) => tray.add(list))
    },
    take: () => tray?.take() ?? [],
    busy: () => !!tray?.busy(),
    attachments: () => tray?.attachments() ?? [],
  }
}
