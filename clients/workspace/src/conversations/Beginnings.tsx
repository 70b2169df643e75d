import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { beginning } from '@/app/beginning'
import { useDesk, useStore } from '@/app/context'
import { addressed } from '@/core/addressing'
import { briefly } from '@/core/names'
import { NewConversation } from './NewConversation'

/** Whoever pressed so long ago does something else by now, and is only told. */
const STILL_THERE = 10_000

/** The sheet in which a conversation is begun, and what becomes of it on its way: opened when it is there, back in the sheet when it is refused. */
export default function Beginnings() {
  const desk = useDesk()
  const navigate = useNavigate()
  const shown = useStore(beginning)
  const entries = useStore(desk.outbox.entries)
  useEffect(() => {
    for (const { client_id, state, begins, letter, conversation_id, at, then, text, attachments, problem } of entries) {
      if (!begins || !(state === 'sent' || (state === 'failed' && !beginning.get()))) continue
      desk.outbox.discard(client_id)
      if (state === 'failed') {
        const { channel_id, customer_id } = begins
        const customer = customer_id ? { id: customer_id, address: letter?.to[0]?.address ?? '' } : null
        beginning.set({ letter: letter ?? addressed({}), text, channel_id, customer, attachments, problem })
      } else if (!then && Date.now() - at < STILL_THERE) void navigate({ to: '/inbox/$view/$id', params: { view: 'all', id: conversation_id } })
      else desk.say({ key: 'done.begun', values: { name: briefly(letter?.to ?? []) } })
    }
  }, [entries, shown])
  return shown && <NewConversation begun={shown} onClose={() => beginning.set(null)} />
}
