import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { patch } from '@/core/api'
import type { Conversation } from '@/core/conversation'
import type { Customer } from '@/core/model'
import { Button } from '@/ui/Button'
import { Field, Select } from '@/ui/Field'
import css from './CustomerPanel.module.css'

/** Who the person is, corrected by hand. */
export default function EditCustomer({ customer, conversation, onDone }: { customer: Customer; conversation: string; onDone: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const [value, set] = useState({ name: customer.name, email: customer.email ?? '', phone: customer.phone ?? '', city: customer.city ?? '', tier: customer.tier ?? 'standard' })
  const save = async () => {
    const given = Object.fromEntries(Object.entries(value).filter(([, text]) => text.trim() !== ''))
    try {
      const answer = await patch<Customer | { customer: Customer }>(`/customers/${customer.id}`, given)
      const fresh = 'customer' in answer ? answer.customer : answer
      client.setQueryData<Conversation>(['conversation', conversation], (old) => old && { ...old, customer: { ...old.customer, ...fresh } })
      onDone()
    } catch (error) {
      desk.complain(error)
    }
  }
  const field = (name: keyof typeof value, type = 'text') => (
    <Field label={t(`customer.${name}`)} type={type} value={value[name]} onChange={(event) => set({ ...value, [name]: event.target.value })} />
  )
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {field('name')}
      {field('email', 'email')}
      {field('phone', 'tel')}
      {field('city')}
      <Select label={t('customer.tier')} value={value.tier} onChange={(event) => set({ ...value, tier: event.target.value as typeof value.tier })}>
        {(['standard', 'plus', 'vip'] as const).map((tier) => (
          <option key={tier} value={tier}>
            {t(`tier.${tier}`)}
          </option>
        ))}
      </Select>
      <div className={css.buttons}>
        <Button type="submit" look="primary">
          {t('common.save')}
        </Button>
        <Button look="quiet" onPress={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
