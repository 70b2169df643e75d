import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useDesk } from '@/app/context'
import { conversationQuery } from '@/app/queries'
import type { Conversation } from '@/core/conversation'
import { interleaved } from '@/core/everything'

/** How many of a person's other conversations are read in one time line. */
const MOST = 12

const eventsOf = (all: readonly { data: Conversation | undefined }[]) => all.flatMap((one) => (one.data ? [one.data.events] : []))

/** The events of this conversation, or of all that the person has had, on whatever channel. */
export function useEverything(conversation: Conversation, on: boolean) {
  const desk = useDesk()
  const others = on ? conversation.customer.conversations.filter((one) => !conversation.streams.includes(one.id)).slice(0, MOST) : []
  const found = useQueries({
    queries: others.map((one) => conversationQuery(desk, one.id)),
    combine: eventsOf,
  })
  return useMemo(() => (on ? interleaved(conversation.events, found) : conversation.events), [on, conversation.events, found])
}
