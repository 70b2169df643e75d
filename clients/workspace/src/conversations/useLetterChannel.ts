import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { GoodwordEvent } from '@goodword/shared/events'
import { channelsQuery } from '@/app/queries'
import { messageOf } from '@/core/conversation'
import type { Channel } from '@/core/model'

/** The channel of a conversation, asked for only where there are letters in it. */
export function useLetterChannel(events: readonly GoodwordEvent[], id: string): Channel | undefined {
  const enabled = useMemo(() => events.some((event) => messageOf(event)?.letter), [events])
  return useQuery({ ...channelsQuery(), enabled }).data?.find((channel) => channel.id === id)
}
