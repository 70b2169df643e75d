import { useEffect, useMemo } from 'react'
import type { Party } from '@goodword/shared/events'
import { hindrance } from '@/core/addresses'
import { addressed } from '@/core/addressing'
import type { Conversation } from '@/core/conversation'
import { briefly, firstName } from '@/core/names'
import { isMailbox, recipients } from '@/core/recipients'
import type { LetterBeingWritten } from './useLetter'

/** To whom the reply goes as it stands: to those who were chosen, else to whom an answer goes anyhow. */
export function useAddressed({ own, here, tell }: LetterBeingWritten, { events, customer }: Conversation) {
  const mailbox = String(here?.settings['address'] ?? '')
  const { email, name } = customer
  const isOwn = (address: string) => isMailbox(mailbox, address)
  const usual = useMemo(() => {
    const found = recipients(events, isOwn)
    const alone: Party[] = email ? [{ address: email, name }] : []
    return addressed(found?.to.length ? found : { to: alone })
  }, [events, mailbox, email, name])

  const shown = own ?? usual
  const why = own && hindrance(own, isOwn)
  const [first] = shown.to
  const toCustomer = shown.to.length === 1 && first?.address.toLowerCase() === email?.toLowerCase()
  const called = (toCustomer && firstName(name)) || briefly(shown.to)
  useEffect(() => tell({ name: called, hindered: why !== null }), [called, why])
  return { usual, shown, isOwn, hindrance: why }
}
