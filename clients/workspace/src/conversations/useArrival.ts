import { useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { GoodwordEvent } from '@goodword/shared/events'
import { useDesk } from '@/app/context'
import { get } from '@/core/api'
import { withEarlier, type Conversation } from '@/core/conversation'
import type { Item } from '@/core/timeline'
import { find } from './work'

/** Goes to the message in the address (`?at=<seq>`), fetching what is older until it is here. Answers whether one is meant. */
export function useArrival(conversation: Conversation, items: readonly Item[]): boolean {
  const { at } = useSearch({ strict: false }) as { at?: number }
  const desk = useDesk()
  const client = useQueryClient()
  const arrived = useRef(0)
  const first = conversation.events[0]?.seq ?? 0
  const { id } = conversation.row

  useEffect(() => {
    if (!at || arrived.current === at) return
    if (at < first && conversation.earlier) {
      const all = backTo(id, first, at)
      return void all.then(
        ({ events, earlier }) => client.setQueryData<Conversation>(['conversation', id], (old) => old && withEarlier(old, events, earlier)),
        desk.complain,
      )
    }
    const message = items.findLast((item) => item.kind === 'message' && item.seq <= at)
    arrived.current = at
    if (message?.kind !== 'message') return
    const go = () => find(message.message.id)
    requestAnimationFrame(() => {
      go()
      // What comes into view on the way takes its true height only then.
      requestAnimationFrame(go)
    })
  }, [at, first])

  return at !== undefined
}

/** All events from `at` up to, and without, `first`. */
async function backTo(id: string, first: number, at: number): Promise<{ events: GoodwordEvent[]; earlier: boolean }> {
  const events: GoodwordEvent[] = []
  let earlier = true
  for (let before = first; earlier && before > at; before = events[0]?.seq ?? 0) {
    const page = await get<{ events: GoodwordEvent[]; earlier: boolean }>(`/conversations/${id}/events?before=${before}&limit=500`)
    events.unshift(...page.events)
    earlier = page.earlier && page.events.length > 0
  }
  return { events, earlier }
}
