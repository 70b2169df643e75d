import { Link } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useNow, useTexts } from '@/app/context'
import { patch } from '@/core/api'
import type { Conversation } from '@/core/conversation'
import type { Customer, Order } from '@/core/model'
import { nameIn } from '@/core/texts'
import { age, day } from '@/core/time'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import type { Opened } from '@/conversations/Conversation'
import css from './CustomerPanel.module.css'
import { Tags } from './Tags'

/** The person beside the conversation: who, how to reach, what was bought, what else was written. */
export function CustomerPanel({ conversation, row, bare }: Opened & { bare?: boolean }) {
  const { t } = useTexts()
  const { customer } = conversation
  const others = customer.conversations.filter((one) => one.id !== row.id)
  return (
    <div className={css.panel} data-bare={bare || undefined}>
      <Identity customer={customer} conversation={row.id} bare={bare ?? false} />
      <section>
        <h3>{t('customer.tags')}</h3>
        <Tags row={row} />
      </section>
      {customer.orders.length > 0 && (
        <section>
          <h3>{t('customer.orders')}</h3>
          <ul className={css.orders}>
            {customer.orders.slice(0, 5).map((order) => (
              <OrderLine key={order.number} order={order} />
            ))}
          </ul>
        </section>
      )}
      {others.length > 0 && (
        <section>
          <h3>{t('customer.others')}</h3>
          <Others others={others} />
        </section>
      )}
    </div>
  )
}

function Identity({ customer, conversation, bare }: { customer: Customer; conversation: string; bare: boolean }) {
  const { t, language } = useTexts()
  const [editing, edit] = useState(false)
  const now = useNow()
  if (editing) return <Edit customer={customer} conversation={conversation} onDone={() => edit(false)} />
  const verified = customer.identities.some((one) => one.verified)
  const lines: [string, string | null][] = [
    [t('customer.email'), customer.email],
    [t('customer.phone'), customer.phone],
    [t('customer.city'), customer.city],
    [t('customer.language'), customer.language && nameIn(language, customer.language)],
    [t('customer.since'), age(customer.created_at, now, language, t('time.now'))],
  ]
  return (
    <section className={css.identity}>
      {!bare && <h2>{customer.anonymous && !customer.name ? t('customer.anonymous') : customer.name}</h2>}
      <p className={css.soft}>{t(customer.anonymous ? 'customer.unknown' : verified ? 'customer.verified' : 'customer.unverified')}</p>
      <dl>
        {lines.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{breakable(value)}</dd>
              </div>
            ),
        )}
      </dl>
      <Button look="quiet" small className={css.edit} onPress={() => edit(true)}>
        {t('customer.edit')}
      </Button>
    </section>
  )
}

function Edit({ customer, conversation, onDone }: { customer: Customer; conversation: string; onDone: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const [value, set] = useState({ name: customer.name, email: customer.email ?? '', phone: customer.phone ?? '', city: customer.city ?? '' })
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

/** An address too long for its line breaks before the @ and not in the middle of a word. */
function breakable(value: string) {
  const [local, ...rest] = value.split('@')
  if (!rest.length) return value
  return (
    <>
      {local}
      <wbr />@{rest.join('@')}
    </>
  )
}

function OrderLine({ order }: { order: Order }) {
  const { t, language } = useTexts()
  const total = new Intl.NumberFormat(language, { style: 'currency', currency: order.currency }).format(order.total)
  const words = t(`order.${order.status}`)
  return (
    <li>
      <span className={css.number}>{order.number}</span>
      <span>
        <b>{words === `order.${order.status}` ? order.status : words}</b> {total}
        <br />
        <span className={css.soft}>
          {day(order.placed_at, language)} · {order.items.map((item) => (item.quantity > 1 ? `${item.quantity} × ${item.name}` : item.name)).join(', ')}
        </span>
      </span>
    </li>
  )
}

function Others({ others }: { others: Customer['conversations'] }) {
  const { t, language } = useTexts()
  const now = useNow()
  return (
    <ul className={css.others}>
      {others.slice(0, 6).map((one) => (
        <li key={one.id}>
          <Link to="/inbox/$view/$id" params={{ view: one.status === 'closed' ? 'closed' : 'all', id: one.id }}>
            <span className={css.preview}>{previewOf(one.preview) || `#${one.number}`}</span>
            <span className={css.soft}>
              {t(`status.${one.status}`)} · {age(one.last_at, now, language, t('time.now'))}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function previewOf(preview: unknown): string {
  if (typeof preview === 'string') return preview
  return preview && typeof preview === 'object' && 'text' in preview ? String(preview.text) : ''
}
