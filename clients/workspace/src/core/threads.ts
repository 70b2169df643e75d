/** Side threads: what colleagues say to each other inside a conversation. */

import type { Actor, GoodwordEvent, Message, Named } from '@goodword/shared/events'

export interface Thread {
  id: string
  /** Empty while its beginning is not here. */
  title: string
  members: readonly Named[]
  by: Actor
  messages: readonly Message[]
  closed: boolean
}

/** In the order in which they began. */
export function threads(events: readonly GoodwordEvent[]): Thread[] {
  const found = new Map<string, Thread>()
  for (const event of events) {
    switch (event.type) {
      case 'SideThreadStarted': {
        const { thread_id: id, title, members } = event.data
        found.set(id, { id, title, members, by: event.actor, messages: found.get(id)?.messages ?? [], closed: false })
        break
      }
      case 'SideThreadSaid': {
        const { thread_id: id, message } = event.data
        const thread = found.get(id) ?? { id, title: '', members: [], by: event.actor, messages: [], closed: false }
        found.set(id, { ...thread, messages: [...thread.messages, message], closed: false })
        break
      }
      case 'SideThreadClosed': {
        const thread = found.get(event.data.thread_id)
        if (thread) found.set(thread.id, { ...thread, closed: true })
        break
      }
    }
  }
  return [...found.values()]
}
