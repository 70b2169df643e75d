import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '@/app/context'
import { fieldsQuery } from '@/app/queries'
import { composing } from '@/core/keys'
import type { Field, Value } from '@/core/model'
import css from './CustomerPanel.module.css'

interface Props {
  on: Field['on']
  title: string
  values: Readonly<Record<string, unknown>>
  onSet: (key: string, value: Value | null) => void
}

/** The fields that the company has made for itself: each is changed where it stands and kept at once. */
export default function OwnFields({ on, title, values, onSet }: Props) {
  const fields = (useQuery(fieldsQuery()).data ?? []).filter((field) => field.on === on).sort((a, b) => a.position - b.position)
  if (!fields.length) return null
  return (
    <section>
      <h3>{title}</h3>
      <div className={css.fields}>
        {fields.map((field) => (
          <One key={field.id + String(values[field.key])} field={field} value={values[field.key]} onSet={(value) => onSet(field.key, value)} />
        ))}
      </div>
    </section>
  )
}

function One({ field, value, onSet }: { field: Field; value: unknown; onSet: (value: Value | null) => void }) {
  const { t } = useTexts()
  const [text, setText] = useState(value === undefined || value === null ? '' : String(value))
  const keep = (written = text) => {
    const trimmed = written.trim()
    const meant = trimmed === '' ? null : field.kind === 'number' ? Number(trimmed) : trimmed
    if (meant !== (value ?? null)) onSet(meant)
  }
  if (field.kind === 'checkbox')
    return (
      <label>
        <span>{field.label}</span>
        <input type="checkbox" checked={value === true} onChange={(event) => onSet(event.target.checked)} />
      </label>
    )
  if (field.kind === 'choice')
    return (
      <label>
        <span>{field.label}</span>
        <select value={text} onChange={(event) => keep(event.target.value)}>
          <option value="">{t('field.unset')}</option>
          {[...new Set([...field.options, ...(text ? [text] : [])])].map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      </label>
    )
  return (
    <label>
      <span>{field.label}</span>
      <input
        type={field.kind === 'text' ? 'text' : field.kind}
        step="any"
        value={text}
        placeholder={t('field.unset')}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => keep()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !composing(event.nativeEvent)) keep()
        }}
      />
    </label>
  )
}
