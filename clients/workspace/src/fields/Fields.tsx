import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '@/app/context'
import { fieldsQuery } from '@/app/queries'
import { composing } from '@/core/keys'
import type { Field as OwnField } from '@/core/model'
import css from '@/staff/Settings.module.css'
import { useForm } from '@/staff/useForm'
import { Button } from '@/ui/Button'
import { Area, Field, Select } from '@/ui/Field'
import { Icon } from '@/ui/Icon'
import { useChangeField } from './useChangeField'

const KINDS: OwnField['kind'][] = ['text', 'number', 'choice', 'date', 'checkbox']

/** What else is to be known about a conversation or a customer: each change counts at once. */
export function Fields() {
  const { t } = useTexts()
  const fields = useQuery(fieldsQuery()).data
  return (
    <section className={css.form}>
      <p className={css.soft}>{t('fields.what')}</p>
      {(['conversation', 'customer'] as const).map((on) => (
        <Group key={on} on={on} fields={(fields ?? []).filter((field) => field.on === on).sort((a, b) => a.position - b.position)} />
      ))}
    </section>
  )
}

function Group({ on, fields }: { on: OwnField['on']; fields: OwnField[] }) {
  const { t } = useTexts()
  const { move, add } = useChangeField()
  const form = useForm({ label: '', kind: 'text' as string, options: '' })
  const create = () =>
    void form.submit(async ({ label, kind, options }) => {
      await add({ label: label.trim(), kind: kind as OwnField['kind'], options: listed(kind, options), on })
      form.setValues({ label: '', kind, options: '' })
    })
  return (
    <section>
      <h2>{t(`fields.on.${on}`)}</h2>
      {fields.length === 0 && <p className={css.soft}>{t(`fields.none.${on}`)}</p>}
      <ul className={css.list}>
        {fields.map((field, index) => (
          <One
            key={`${field.id} ${field.label} ${field.options.join()}`}
            field={field}
            onUp={index > 0 ? () => void move(fields, index, index - 1) : null}
            onDown={index < fields.length - 1 ? () => void move(fields, index, index + 1) : null}
          />
        ))}
      </ul>
      <form
        className={css.adding}
        onSubmit={(event) => {
          event.preventDefault()
          create()
        }}
      >
        <Field label={t(`fields.new.${on}`)} required maxLength={60} {...form.field('label')} />
        <Select label={t('fields.kind')} {...form.field('kind')}>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`fields.kind.${kind}`)}
            </option>
          ))}
        </Select>
        {form.values.kind === 'choice' && <Area label={t('fields.options')} rows={2} required {...form.field('options')} />}
        <Button type="submit" isDisabled={form.busy}>
          {t('fields.add')}
        </Button>
      </form>
      <div role="alert">{form.error}</div>
    </section>
  )
}

const listed = (kind: string, options: string) =>
  kind === 'choice' ? [...new Set(options.split('\n').map((one) => one.trim()).filter(Boolean))] : []

function One({ field, onUp, onDown }: { field: OwnField; onUp: (() => void) | null; onDown: (() => void) | null }) {
  const { t } = useTexts()
  const { change, drop } = useChangeField()
  const [label, setLabel] = useState(field.label)
  const [options, setOptions] = useState(field.options.join('\n'))
  const keepLabel = () => {
    if (label.trim() && label.trim() !== field.label) void change(field, { label: label.trim() })
    else setLabel(field.label)
  }
  const keepOptions = () => {
    const next = listed('choice', options)
    if (next.length && next.join('\n') !== field.options.join('\n')) void change(field, { options: next })
    else setOptions(field.options.join('\n'))
  }
  return (
    <li className={css.card}>
      <div className={css.line}>
        <Field
          label={t('fields.label')}
          value={label}
          maxLength={60}
          onChange={(event) => setLabel(event.target.value)}
          onBlur={keepLabel}
          onKeyDown={(event) => event.key === 'Enter' && !composing(event.nativeEvent) && keepLabel()}
        />
        <span className={css.soft}>
          {t(`fields.kind.${field.kind}`)} · <code>{field.key}</code>
        </span>
        <span className={css.deeds}>
          <Button small icon look="quiet" isDisabled={!onUp} onPress={() => onUp?.()} aria-label={t('fields.up', { name: field.label })}>
            <Icon name="up" size={16} />
          </Button>
          <Button small icon look="quiet" isDisabled={!onDown} onPress={() => onDown?.()} aria-label={t('fields.down', { name: field.label })}>
            <Icon name="down" size={16} />
          </Button>
          <Button small look="danger" onPress={() => void drop(field)} aria-label={t('fields.removeOf', { name: field.label })}>
            {t('canned.remove')}
          </Button>
        </span>
      </div>
      {field.kind === 'choice' && (
        <Area label={t('fields.options')} rows={Math.max(2, field.options.length)} value={options} onChange={(event) => setOptions(event.target.value)} onBlur={keepOptions} />
      )}
    </li>
  )
}
