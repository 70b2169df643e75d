import { useDesk } from '@/app/context'
import type { Fields } from '@/core/canned'
import type { Opened } from './Conversation'

/** What the fields of a text stand for in this conversation; one that is missing has no value here. */
export function useFields({ conversation, row }: Pick<Opened, 'conversation' | 'row'>): Fields {
  const desk = useDesk()
  return {
    customer: row.customer.anonymous ? '' : row.customer.name,
    agent: desk.me.name,
    company: desk.me.company.name,
    order: conversation.customer.orders[0]?.number ?? '',
    number: `#${row.number}`,
  }
}
