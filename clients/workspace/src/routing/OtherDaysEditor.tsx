import { useState } from 'react'
import { useTexts } from '@/app/context'
import type { OtherDays } from '@/core/shifts'
import settings from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import css from './Routing.module.css'
import { Hours } from './ShiftEditor'

/** Holidays and other days that are not like the week. */
export function OtherDaysEditor({ days, onChange }: { days: OtherDays[]; onChange: (days: OtherDays[]) => void }) {
  const { t, language } = useTexts()
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const named = ({ first, last, label }: OtherDays) => {
    const range = first === last ? date.format(Date.parse(first)) : date.formatRange(Date.parse(first), Date.parse(last))
    return label ? `${label} · ${range}` : range
  }
  return (
    <section>
      <h3>{t('shifts.other')}</h3>
      {days.map((one, number) => (
        <div key={`${one.first}${number}`} className={css.day} role="group" aria-label={named(one)}>
          <span>{named(one)}</span>
          <Hours
            spans={one.spans}
            of={named(one)}
            onChange={(spans) => onChange(days.map((old, at) => (at === number ? { ...old, spans } : old)))}
          />
          <Button small look="quiet" onPress={() => onChange(days.filter((_, at) => at !== number))} aria-label={t('shifts.removeDays', { days: named(one) })}>
            {t('common.remove')}
          </Button>
        </div>
      ))}
      <AddDays onAdd={(added) => onChange([...days, added].sort((a, b) => a.first.localeCompare(b.first)))} />
    </section>
  )
}

function AddDays({ onAdd }: { onAdd: (days: OtherDays) => void }) {
  const { t } = useTexts()
  const [first, setFirst] = useState('')
  const [last, setLast] = useState('')
  const [label, setLabel] = useState('')
  const add = () => {
    onAdd({ first, last: last && last >= first ? last : first, spans: [], label: label.trim() })
    setFirst('')
    setLast('')
    setLabel('')
  }
  return (
    <form
      className={css.span}
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <Field label={t('shifts.firstDay')} type="date" required value={first} onChange={(event) => setFirst(event.target.value)} />
      <Field label={t('shifts.lastDay')} type="date" min={first} value={last} onChange={(event) => setLast(event.target.value)} />
      <Field label={t('shifts.label')} maxLength={60} value={label} onChange={(event) => setLabel(event.target.value)} />
      <Button small type="submit">
        {t('shifts.addDays')}
      </Button>
      <p className={settings.soft}>{t('shifts.otherHint')}</p>
    </form>
  )
}
