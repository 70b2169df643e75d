import { useTexts } from '@/app/context'
import { post } from '@/core/api'
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

export default function SignIn({ language, onLanguage, onDone }: Props) {
  const { t } = useTexts()
  const form = useForm({ email: '', password: '' })
  const enter = () => void form.submit(async (values) => onDone(await post<Me>('/session', values)))
  return (
    <Door title={t('signIn.title')} what={t('signIn.what')} error={form.error} {...{ language, onLanguage }} onSubmit={enter}>
      <Field label={t('field.email')} type="email" autoComplete="username" required autoFocus {...form.field('email')} />
      <Field label={t('field.password')} type="password" autoComplete="current-password" required {...form.field('password')} />
      <Button type="submit" look="primary" isDisabled={form.busy}>
        {t('signIn.enter')}
      </Button>
    </Door>
  )
}
