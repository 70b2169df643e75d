import type { Desk } from '@/app/desk'
import { forwardOf } from '@/core/addresses'

/** What is being written in the conversation goes to somebody else, with this message. */
export const passOn = ({ addressings }: Desk, conversation: string, message: string) =>
  addressings.write(conversation, forwardOf(addressings.get()[conversation], message))
