import { useTexts } from '@/app/context'
import { get, post } from '@/core/api'
import type { Me } from '@/core/model'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Door } from './Door'
import { useForm } from './useForm'

interface Props {
  language: string
  onLanguage: (language: string) => void
  onDone: (me: Me) => void
}

/** The first run: the company and its first administrator, in the language chosen below the card. */
export default function SetUp({ language, onLanguage, onDone }: Props) {
  const { t } = useTexts()
  const form = useForm({ company: '', name: '', email: '', password: '' })
  const begin = () =>
    void form.submit(async (values) => {
      await post('/setup', { ...values, language })
      onDone(await get<Me>('/me'))
    })
  return (
    <Door title={t('setUp.title')} what={t('setUp.what')} error={form.error} {...{ language, onLanguage }} onSubmit={begin}>
      <Field label={t('field.company')} autoComplete="organization" required autoFocus {...form.field('company')} />
      <Field label={t('field.name')} autoComplete="name" required {...form.field('name')} />
      <Field label={t('field.email')} type="email" autoComplete="username" required {...form.field('email')} />
      <Field
        label={t('field.password')}
        type="password"
        autoComplete="new-password"
        minLength={10}
        required
        hint={t('field.passwordHint')}
        {...form.field('password')}
      />
      <Button type="submit" look="primary" isDisabled={form.busy}>
        {t('setUp.begin')}
      </Button>
    </Door>
  )
}
