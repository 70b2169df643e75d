import { useState } from 'react'
import { useDesk, useStore } from '@/app/context'
import type { Addressing } from '@/core/addressing'
import { firstName } from '@/core/names'
import type { Opened } from './Conversation'
import { useLetterChannel } from './useLetterChannel'

export type LetterBeingWritten = ReturnType<typeof useLetter>

/** The reply that is being written, as its writer addresses it where letters are written at all. What that comes to is told by the rows. */
export function useLetter({ conversation, row }: Opened) {
  const desk = useDesk()
  const channel = useLetterChannel(conversation.events, row.channel.id)
  const here = channel?.capabilities?.includes('letters') ? channel : null
  const kept = useStore(desk.addressings)[row.id] ?? null
  const own = here ? kept : null
  const [told, tell] = useState<{ name: string; hindered: boolean } | null>(null)
  const write = (letter: Addressing | null) => desk.addressings.write(row.id, letter)
  return {
    /** The channel, where what is said goes as letters. */
    here,
    /** Null: as usual. */
    own,
    write,
    tell,
    forwarding: !!own?.forwards,
    /** Nothing can be sent to these. */
    hindered: own !== null && (told?.hindered ?? true),
    /** What he is called to whom it goes. */
    name: told?.name ?? firstName(row.customer.name),
    /** An answer again, and no longer passed on. */
    answer: () => own?.forwards && write(null),
  }
}
