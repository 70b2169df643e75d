import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { part } from '@/app/part'
import { useTexts } from '@/app/context'
import { ApiError, get, post, query } from '@/core/api'
import type { Me } from '@/core/model'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import css from './Door.module.css'
import { Door } from './Door'
import { useForm } from './useForm'

const SecondStep = part(() => import('./SignInSecondStep'))

interface Props {
  language: string
  onLanguage: (language: string) => void
  onDone: (me: Me) => void
}

/** What the password alone did not open. */
export interface Needed {
  challenge: string
  /** He has no second factor and must get one now. */
  enrol: boolean
  detail: string
}

interface Ways {
  provider: { button: string } | null
  /** Why coming in through the provider didn't work just now. */
  trouble: string | null
}

const TROUBLE = new URLSearchParams(location.search).get('trouble')

export default function SignIn({ language, onLanguage, onDone }: Props) {
  const { t } = useTexts()
  const form = useForm({ email: '', password: '' })
  const [needed, setNeeded] = useState<Needed | null>(null)
  const ways = useQuery({ queryKey: ['ways', language], queryFn: () => get<Ways>(`/sign-in${query({ trouble: TROUBLE })}`) }).data
  const enter = () =>
    void form.submit(async (values) => {
      try {
        onDone(await post<Me>('/session', values))
      } catch (error) {
        const step = secondStep(error)
        if (!step) throw error
        setNeeded(step)
      }
    })
  if (needed) return <SecondStep {...{ language, onLanguage, onDone, needed }} onBack={() => setNeeded(null)} />
  return (
    <Door title={t('signIn.title')} what={t('signIn.what')} error={form.error ?? ways?.trouble ?? null} {...{ language, onLanguage }} onSubmit={enter}>
      {ways?.provider && (
        <>
          <Button onPress={() => location.assign(`/api/v1/sign-in/oidc/start${query({ back: location.pathname })}`)}>
            {ways.provider.button || t('signIn.provider')}
          </Button>
          <p className={css.soft}>{t('signIn.or')}</p>
        </>
      )}
      <Field label={t('field.email')} type="email" autoComplete="username" required autoFocus {...form.field('email')} />
      <Field label={t('field.password')} type="password" autoComplete="current-password" required {...form.field('password')} />
      <Button type="submit" look="primary" isDisabled={form.busy}>
        {t('signIn.enter')}
      </Button>
    </Door>
  )
}

function secondStep(error: unknown): Needed | null {
  if (!(error instanceof ApiError) || error.problem.code !== 'second_factor_needed') return null
  const { challenge, enrol, detail } = error.problem as unknown as Needed
  return { challenge, enrol, detail }
}
