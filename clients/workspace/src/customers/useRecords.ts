import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { post } from '@/core/api'
import type { Customer } from '@/core/model'

type Other = Pick<Customer, 'id' | 'name'>

/** Two records become one person, and two again; each is taken back by the other. */
export function useRecords(customer: Customer, conversation: string) {
  const desk = useDesk()
  const client = useQueryClient()
  const { t } = useTexts()
  const anew = () => client.invalidateQueries({ queryKey: ['conversation', conversation] })

  const joined = async (other: Other) => {
    const card = await post<Customer>(`/customers/${customer.id}/merge`, { from_id: other.id })
    await anew()
    return card.merges?.find((one) => one.from_id === other.id)
  }
  const apart = async (merge: string) => {
    await post(`/customers/merges/${merge}/undo`)
    await anew()
  }

  // His conversations follow a moment later.
  useEffect(
    () =>
      desk.listen((events) => {
        const moved = events.some((event) => event.type === 'ConversationMoved' && [event.data.customer.id, event.data.previous_id].includes(customer.id))
        if (moved) void anew()
      }),
    [desk, customer.id, conversation],
  )

  return {
    async join(other: Other) {
      try {
        const merge = await joined(other)
        const values = { name: customer.name || t('customer.anonymous'), other: other.name || t('customer.anonymous') }
        desk.say({ key: 'done.joined', values }, merge ? { undo: () => void apart(merge.id).catch(desk.complain) } : {})
      } catch (error) {
        desk.complain(error)
      }
    },
    async takeApart({ id, from_id, name }: NonNullable<Customer['merges']>[number]) {
      try {
        await apart(id)
        desk.say({ key: 'done.takenApart' }, { undo: () => void joined({ id: from_id, name }).catch(desk.complain) })
      } catch (error) {
        desk.complain(error)
      }
    },
  }
}
