import { useQueryClient } from '@tanstack/react-query'
import { useDesk, useTexts } from '@/app/context'
import { patch, remove } from '@/core/api'
import type { Agent } from '@/core/model'
import { Button } from '@/ui/Button'
import { Check, Field, Select } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import { Languages } from './Languages'
import { RoleOptions } from './RoleOptions'
import css from './Team.module.css'
import { useForm } from './useForm'

/** What an administrator may change about somebody of the staff, and whether he may come in at all. */
export function EditAgent({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const form = useForm<Record<string, string>>({
    name: agent.name,
    role: agent.role,
    max_load: String(agent.max_load),
    languages: agent.languages.join(' '),
    password: '',
    access: agent.disabled ? '' : 'yes',
  })
  const save = () =>
    void form.submit(async ({ name, role, max_load, languages = '', password, access }) => {
      await patch(`/agents/${agent.id}`, {
        name,
        role,
        max_load: Number(max_load),
        languages: languages.split(' ').filter(Boolean),
        ...(password ? { password } : {}),
        ...(!access === agent.disabled ? {} : { disabled: !access }),
      })
      await client.invalidateQueries({ queryKey: ['agents'] })
      desk.say({ key: 'team.changed', values: { name: name ?? '' } })
      onClose()
    })
  const forgetSecond = () =>
    void remove(`/agents/${agent.id}/two-factor`).then(() => {
      desk.say({ key: 'team.forgotSecond', values: { name: agent.name } })
      onClose()
      return client.invalidateQueries({ queryKey: ['agents'] })
    }, desk.complain)
  return (
    <Sheet title={agent.name} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <div role="alert">{form.error}</div>
        <Field label={t('field.name')} required {...form.field('name')} />
        <Select label={t('field.role')} {...form.field('role')}>
          <RoleOptions />
        </Select>
        <Languages
          chosen={(form.values['languages'] ?? '').split(' ').filter(Boolean)}
          onChoose={(tags) => form.setValues((old) => ({ ...old, languages: tags.join(' ') }))}
        />
        <Field label={t('field.maxLoad')} type="number" min={0} max={50} required {...form.field('max_load')} />
        <Field
          label={t('settings.newPassword')}
          type="password"
          autoComplete="new-password"
          minLength={10}
          hint={t('team.passwordStays')}
          {...form.field('password')}
        />
        {agent.two_factor && agent.id !== desk.me.id && <Button onPress={forgetSecond}>{t('team.forgetSecond')}</Button>}
        {agent.id !== desk.me.id && <Check label={t('team.access')} {...form.check('access')} />}
        <Button type="submit" look="primary" isDisabled={form.busy}>
          {t('common.save')}
        </Button>
      </form>
    </Sheet>
  )
}
