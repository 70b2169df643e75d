import { Link } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { begin } from '@/app/beginning'
import { part } from '@/app/part'
import { useDesk, useNow, useTexts } from '@/app/context'
import { patch } from '@/core/api'
import type { Conversation } from '@/core/conversation'
import type { Customer, Order, Value } from '@/core/model'
import { firstName } from '@/core/names'
import { nameIn } from '@/core/texts'
import { age, day } from '@/core/time'
import { Button } from '@/ui/Button'
import type { Opened } from '@/conversations/Conversation'
import { useWork } from '@/conversations/work'
import css from './CustomerPanel.module.css'
import { Tags } from './Tags'

const Claims = part(() => import('./Claims'))
const EditCustomer = part(() => import('./EditCustomer'))
const Identities = part(() => import('./Identities'))
const OwnFields = part(() => import('./OwnFields'))

/** The person beside the conversation: who, how to reach, what was bought, what else was written. */
export function CustomerPanel({ conversation, row, bare }: Opened & { bare?: boolean }) {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const { customer } = conversation
  const setField = (key: string, value: Value | null) => desk.act(row.id, { name: 'field', key, value })
  const setAttribute = async (key: string, value: Value | null, quiet = false) => {
    const draw = (attributes: Customer['attributes']) =>
      client.setQueryData<Conversation>(['conversation', row.id], (old) => old && { ...old, customer: { ...old.customer, attributes } })
    const before = (customer.attributes[key] ?? null) as Value | null
    draw({ ...customer.attributes, [key]: value })
    if (!quiet) desk.say({ key: 'done.field' }, { undo: () => void setAttribute(key, before, true) })
    await patch(`/customers/${customer.id}`, { fields: { [key]: value } }).catch((error: unknown) => {
      draw(customer.attributes)
      desk.complain(error)
    })
  }
  const work = useWork()
  const others = customer.conversations.filter((one) => one.id !== row.id && !conversation.streams.includes(one.id))
  return (
    <div className={css.panel} data-bare={bare || undefined}>
      <Identity customer={customer} conversation={row.id} bare={bare ?? false} />
      <section>
        <h3>{t('customer.tags')}</h3>
        <Tags row={row} />
      </section>
      <Suspense fallback={null}>
        <OwnFields on="conversation" title={t('fields.ofConversation')} values={row.fields} onSet={setField} />
        <OwnFields on="customer" title={t('fields.ofCustomer')} values={customer.attributes} onSet={setAttribute} />
        {!!customer.attributes['claimed'] && <Claims claims={customer.attributes['claimed'] as Record<string, Value>} />}
      </Suspense>
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
          <Button look="quiet" small className={css.edit} onPress={() => work.showEverything(!work.everything)}>
            {t(work.everything ? 'everything.less' : 'everything.all', { name: customer.name || t('customer.anonymous') })}
          </Button>
        </section>
      )}
    </div>
  )
}

function Identity({ customer, conversation, bare }: { customer: Customer; conversation: string; bare: boolean }) {
  const { t, language } = useTexts()
  const { rights } = useDesk().me
  const { id, name, email } = customer
  const [editing, edit] = useState(false)
  const now = useNow()
  if (editing)
    return (
      <Suspense fallback={null}>
        <EditCustomer customer={customer} conversation={conversation} onDone={() => edit(false)} />
      </Suspense>
    )
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
      {(customer.blocked || (customer.tier && customer.tier !== 'standard')) && (
        <p>
          {customer.tier && customer.tier !== 'standard' && <b>{t(`tier.${customer.tier}`)} </b>}
          {customer.blocked && <b>{t('customer.blocked')}</b>}
        </p>
      )}
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
      <Suspense fallback={null}>
        <Identities customer={customer} conversation={conversation} />
      </Suspense>
      {email && rights.includes('conversations.answer') && (
        <Button look="quiet" small className={css.edit} onPress={() => begin({ id, name, address: email })}>
          {t('customer.write', { name: firstName(name) || email })}
        </Button>
      )}
      <Button look="quiet" small className={css.edit} onPress={() => edit(true)}>
        {t('customer.edit')}
      </Button>
    </section>
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
            <span className={css.preview}>{one.preview || `#${one.number}`}</span>
            <span className={css.soft}>
              #{one.number} · {one.merged_into ? t('row.merged', { number: String(one.merged_into.number) }) : t(`status.${one.status}`)} ·{' '}
              {age(one.last_at, now, language, t('time.now'))}
              {one.rating ? ` · ${t('customer.rated', { score: one.rating })}` : ''}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
