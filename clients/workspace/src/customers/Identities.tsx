import { Suspense, useState } from 'react'
import { part } from '@/app/part'
import { useDesk, useTexts } from '@/app/context'
import type { Customer } from '@/core/model'
import { Button } from '@/ui/Button'
import css from './CustomerPanel.module.css'
import { useRecords } from './useRecords'

const SamePerson = part(() => import('./SamePerson'))

/** The ways in which the person reaches us, and the records that were found to be him: each can be taken out again. */
export default function Identities({ customer, conversation }: { customer: Customer; conversation: string }) {
  const { t } = useTexts()
  const { me } = useDesk()
  const records = useRecords(customer, conversation)
  const [joining, join] = useState(false)
  const known = customer.identities.filter((one) => one.value !== customer.email && one.value !== customer.phone && one.kind !== 'visitor')
  const merges = customer.merges ?? []
  const may = me.rights.includes('customers.edit')
  return (
    <>
      <ul className={css.identities}>
        {known.map((one) => (
          <li key={one.id}>
            {one.value} {one.verified && <span>✓ {t('customer.proved')}</span>}
          </li>
        ))}
        {merges.map((one) => (
          <li key={one.id}>
            {one.name ? t('customer.mergedRecordOf', { name: one.name }) : t('customer.mergedRecord')}
            {may && (
              <Button look="quiet" small onPress={() => void records.takeApart(one)}>
                {t('customer.takeApart')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {may && (
        <Button look="quiet" small className={css.edit} onPress={() => join(true)}>
          {t('customer.samePerson')}
        </Button>
      )}
      {joining && (
        <Suspense fallback={null}>
          <SamePerson customer={customer} onClose={() => join(false)} onJoin={(other) => void records.join(other)} />
        </Suspense>
      )}
    </>
  )
}
