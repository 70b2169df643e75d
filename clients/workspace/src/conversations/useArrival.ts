import { useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { GoodwordEvent } from '@goodword/shared/events'
import { useDesk } from '@/app/context'
import { get } from '@/core/api'
import { isMissing, withPlace, type Conversation } from '@/core/conversation'
import type { Item } from '@/core/timeline'
import { find } from './work'

/** How many events are fetched on each side of it. */
const NEAR = 100

/** Goes to the message in the address (`?at=<seq>`), fetching what stands around it when it isn't here. Answers whether one is meant. */
export function useArrival(conversation: Conversation, items: readonly Item[]): boolean {
  const { at } = useSearch({ strict: false }) as { at?: number }
  const desk = useDesk()
  const client = useQueryClient()
  const arrived = useRef(0)
  const first = conversation.events[0]?.seq ?? 0
  const { id } = conversation.row

  useEffect(() => {
    if (!at || arrived.current === at) return
    if (isMissing(conversation, at)) {
      return void around(id, at).then(
        ({ events, earlier, later }) => client.setQueryData<Conversation>(['conversation', id], (old) => old && withPlace(old, events, earlier, later)),
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
  }, [at, first, conversation.gap])

  return at !== undefined
}

/** The events around `at`, and whether there are more before and behind them. */
async function around(id: string, at: number): Promise<{ events: GoodwordEvent[]; earlier: boolean; later: boolean }> {
  const ask = (side: string) => get<{ events: GoodwordEvent[]; earlier: boolean; later: boolean }>(`/conversations/${id}/events?${side}&limit=${NEAR}`)
  const [before, after] = await Promise.all([ask(`before=${at}`), ask(`after=${at - 1}`)])
  return { events: [...before.events, ...after.events], earlier: before.earlier, later: after.later }
}
