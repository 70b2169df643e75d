import { useEffect, useState } from 'react'
import { post } from '@/core/api'
import type { Me } from '@/core/model'
import type { Enrolment } from '@/security/queries'
import { useWords } from '@/security/words'
import { Button } from '@/ui/Button'
import { Door } from './Door'
import css from './Door.module.css'
import { CodeField, EnrolmentSteps, RecoveryCodes } from './MineEnrolment'
import type { Needed } from './SignIn'
import { useForm } from './useForm'

interface Props {
  language: string
  onLanguage: (language: string) => void
  onDone: (me: Me) => void
  onBack: () => void
  needed: Needed
}

/** The code beside the password; or, where the role asks for a second factor and there is none, the way to one. */
export default function SignInSecondStep({ needed, onDone, onBack, ...door }: Props) {
  const words = useWords()
  const form = useForm({ code: '' })
  const [enrolment, begun] = useState<Enrolment | null>(null)
  const [entered, enter] = useState<(Me & { recovery_codes: string[] }) | null>(null)
  const { challenge, enrol } = needed

  useEffect(() => {
    if (enrol) void post<Enrolment>('/session/second-factor/enrol', { challenge }).then(begun, onBack)
  }, [enrol, challenge])

  const answer = () =>
    void form.submit(async ({ code }) => {
      const me = await post<Me & { recovery_codes: string[] }>('/session/second-factor', { challenge, code })
      if (me.recovery_codes.length) enter(me)
      else onDone(me)
    })
  const proceed = (
    <Button type="submit" look="primary" isDisabled={form.busy}>
      {words.t('second.enter')}
    </Button>
  )
  return (
    <Door title={words.t('second.title')} what={needed.detail} error={form.error} {...door} onSubmit={answer}>
      {entered ? (
        <RecoveryCodes codes={entered.recovery_codes} onKept={() => onDone(entered)} />
      ) : enrol ? (
        enrolment && (
          <EnrolmentSteps enrolment={enrolment} form={form}>
            {proceed}
          </EnrolmentSteps>
        )
      ) : (
        <>
          <CodeField label={words.t('second.codeOrRecovery')} form={form} />
          {proceed}
          <p className={css.soft}>{words.t('second.lost')}</p>
        </>
      )}
      {!entered && (
        <Button look="quiet" onPress={onBack}>
          {words.t('second.back')}
        </Button>
      )}
    </Door>
  )
}
