/** What became of a reply on its way to the customer. */

import type { GoodwordEvent } from '@goodword/shared/events'

/**
 * `sent`: another server has taken it on, and said so; whether it comes to be read is that one's business. `withdrawn`:
 * it was removed before it got there.
 */
export type DeliveryState = 'queued' | 'sent' | 'delivered' | 'retrying' | 'failed' | 'bounced' | 'read' | 'withdrawn'

export interface Delivery {
  state: DeliveryState
  /** Since when it is so. */
  at: number
  /** The other side's own words. */
  answer?: string
  reason?: string
  retryAt?: number | null
  /** Of a reply that came back: to whom it did not get, and the number mail servers have for why: `5.1.1`. */
  recipient?: string
  status?: string
}

export type Deliveries = ReadonlyMap<string, Delivery>

const ARRIVED: ReadonlySet<DeliveryState> = new Set(['sent', 'delivered', 'read'])

/** It did not get there and will not, unless somebody does something. */
export const isLost = ({ state }: Delivery) => state === 'failed' || state === 'bounced'

/** Takes one event into account. The events of a conversation, in their order. */
export function follow(known: Map<string, Delivery>, event: GoodwordEvent, sent: { id: string; seq: number }[]) {
  const { at } = event
  switch (event.type) {
    case 'ReplyQueued':
      sent.push({ id: event.data.message.id, seq: event.seq })
      known.set(event.data.message.id, { state: 'queued', at })
      break
    case 'ReplyRequeued':
      known.set(event.data.message_id, { state: 'queued', at })
      break
    case 'Delivered': {
      const { message_id: id, answer = '' } = event.data
      if (known.get(id)?.state !== 'read') known.set(id, answer ? { state: 'sent', at, answer } : { state: 'delivered', at })
      break
    }
    case 'DeliveryFailed': {
      const { message_id: id, final, reason, detail = '', retry_at: retryAt } = event.data
      known.set(id, { state: final ? 'failed' : 'retrying', at, reason, answer: detail, retryAt })
      break
    }
    case 'Bounced': {
      const { message_id: id, recipient, status, detail } = event.data
      known.set(id, { state: 'bounced', at, recipient, status, answer: detail })
      break
    }
    case 'MessageRemoved': {
      const { message_id: id } = event.data
      if (known.has(id) && !ARRIVED.has(known.get(id)!.state)) known.set(id, { state: 'withdrawn', at })
      break
    }
    case 'ReadByCustomer':
      for (const { id, seq } of sent) if (seq <= event.data.seq && known.get(id)?.state !== 'withdrawn') known.set(id, { state: 'read', at })
      break
  }
}
