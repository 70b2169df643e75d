import { TOAST_FOR, type Desk } from '@/app/desk'
import * as api from '@/core/api'
import type { Row } from '@/core/model'

/**
 * Nobody can bring back what was removed. So it is drawn at once, and the server is told when it can no longer be
 * undone: when the time for that is over, or the page is left.
 */
export function removeMessage(desk: Desk, conversation: string, message: string, hasLeft: boolean) {
  const draw = (on: boolean) => desk.removing.update((all) => new Set(on ? [...all, message] : [...all].filter((one) => one !== message)))
  const stop = () => {
    clearTimeout(timer)
    removeEventListener('pagehide', remove)
  }
  const remove = () => {
    stop()
    const path = `/conversations/${conversation}/messages/${message}`
    api.remove<{ conversation: Row }>(path).then(
      ({ conversation }) => desk.took(conversation),
      (error) => {
        draw(false)
        desk.complain(error)
      },
    )
  }
  const undo = () => {
    stop()
    draw(false)
  }
  const timer = setTimeout(remove, TOAST_FOR)
  addEventListener('pagehide', remove)
  draw(true)
  desk.say({ key: hasLeft ? 'done.removeLeft' : 'done.remove' }, { undo })
}
