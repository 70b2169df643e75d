import { standing } from '../core/conversation'
import { h } from './element'
import type { Part, Setting } from './part'

/** While nobody is there: the form that asks where we may answer, loaded when it is needed. */
export function nobody(setting: Setting, grown: () => void): Part {
  const element = h('div')
  let form: Part | undefined
  let loading = false

  function draw() {
    const now = standing(setting.chat.state)
    element.hidden = !now?.nobody || now.status === 'closed'
    if (element.hidden) return
    form?.draw()
    if (!loading) void load()
  }

  async function load() {
    loading = true
    try {
      await setting.load('contact')
      form = window.goodwordParts?.contact?.(setting)
      if (form) element.append(form.element)
      draw()
      grown()
    } catch {
      loading = false
    }
  }

  return { element, draw }
}
