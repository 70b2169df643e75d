import { useDeferredValue, useState } from 'react'
import { useTexts } from '@/app/context'
import type { Customer } from '@/core/model'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import { useFound, type FoundCustomer } from './found'

const MOST = 8

interface Props {
  customer: Customer
  onClose: () => void
  onJoin: (other: FoundCustomer) => void
}

/** Which other record is the same person. */
export default function SamePerson({ customer, onClose, onJoin }: Props) {
  const { t } = useTexts()
  const [words, setWords] = useState('')
  const q = useDeferredValue(words.trim())
  const found = useFound(q)
  const others = q.length > 1 ? (found.data ?? []).filter((one) => one.id !== customer.id).slice(0, MOST) : []
  const name = (one: FoundCustomer) => one.name || t('customer.anonymous')
  return (
    <Sheet title={t('customer.samePerson')} onClose={onClose}>
      <Field hint={t('customer.samePersonWhat')} label={t('customer.samePersonFind')} type="search" autoFocus autoComplete="off" value={words} onChange={(event) => setWords(event.target.value)} />
      <ul className={css.list}>
        {others.map((one) => (
          <li key={one.id} className={css.line}>
            <span>
              <b dir="auto">{name(one)}</b>
              <br />
              <span className={css.soft}>{[one.email, one.phone, one.city].filter(Boolean).join(' · ')}</span>
            </span>
            <Button
              aria-label={t('customer.joinWith', { name: name(one) })}
              onPress={() => {
                onClose()
                onJoin(one)
              }}
            >
              {t('customer.join')}
            </Button>
          </li>
        ))}
      </ul>
      {found.data && q.length > 1 && !found.isFetching && others.length === 0 && <p className={css.soft}>{t('customer.samePersonNone')}</p>}
    </Sheet>
  )
}
