import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { post } from '@/core/api'
import { Button } from '@/ui/Button'
import { Field, Select } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import { Languages } from './Languages'
import { RoleOptions } from './RoleOptions'
import css from './Team.module.css'
import { useForm } from './useForm'

export function AddAgent({ onClose }: { onClose: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const form = useForm({ name: '', email: '', password: '', role: 'agent' })
  const [languages, setLanguages] = useState<string[]>([desk.me.language])
  const add = () =>
    void form.submit(async (values) => {
      await post('/agents', { ...values, languages, language: languages[0] ?? desk.me.language })
      await client.invalidateQueries({ queryKey: ['agents'] })
      desk.say({ key: 'team.added', values: { name: values.name } })
      onClose()
    })
  return (
    <Sheet title={t('team.add')} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <div role="alert">{form.error}</div>
        <Field label={t('field.name')} required autoFocus {...form.field('name')} />
        <Field label={t('field.email')} type="email" required {...form.field('email')} />
        <Field label={t('field.firstPassword')} type="password" autoComplete="new-password" minLength={10} required hint={t('field.passwordHint')} {...form.field('password')} />
        <Select label={t('field.role')} {...form.field('role')}>
          <RoleOptions />
        </Select>
        <Languages chosen={languages} onChoose={setLanguages} />
        <Button type="submit" look="primary" isDisabled={form.busy}>
          {t('team.add')}
        </Button>
      </form>
    </Sheet>
  )
}
