import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { post } from '@/core/api'
import { day } from '@/core/time'
import { twoFactorQuery, type Enrolment, type TwoFactor } from '@/security/queries'
import { useWords } from '@/security/words'
import { Button } from '@/ui/Button'
import { CodeField, EnrolmentSteps, RecoveryCodes } from './MineEnrolment'
import css from './Settings.module.css'
import { useForm } from './useForm'

/** My second factor: got in three steps, renewed and given up with a code. */
export function MineTwoFactor() {
  const words = useWords()
  const client = useQueryClient()
  const state = useQuery(twoFactorQuery()).data
  const [codes, show] = useState<string[] | null>(null)
  const again = () => client.invalidateQueries({ queryKey: ['two-factor'] })
  const got = (fresh: string[]) => {
    show(fresh)
    void again()
    void client.invalidateQueries({ queryKey: ['sessions'] })
  }
  if (!state) return null
  return (
    <section>
      <h2>{words.t('second.title')}</h2>
      {codes ? <RecoveryCodes codes={codes} onKept={() => show(null)} /> : state.on ? <On state={state} onCodes={got} onOff={again} /> : <Off state={state} onCodes={got} />}
    </section>
  )
}

function Off({ state, onCodes }: { state: TwoFactor; onCodes: (codes: string[]) => void }) {
  const words = useWords()
  const desk = useDesk()
  const form = useForm({ code: '' })
  const [enrolment, begun] = useState<Enrolment | null>(null)
  const begin = () => void post<Enrolment>('/me/two-factor').then(begun, desk.complain)
  const confirm = () =>
    void form.submit(async (values) => onCodes((await post<{ recovery_codes: string[] }>('/me/two-factor/confirm', values)).recovery_codes))
  if (!enrolment) {
    return (
      <>
        <p className={css.soft}>{words.t('second.what')}</p>
        {state.required && <p>{words.t('second.required')}</p>}
        <div>
          <Button onPress={begin}>{words.t('second.start')}</Button>
        </div>
      </>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        confirm()
      }}
    >
      <EnrolmentSteps enrolment={enrolment} form={form}>
        <Button type="submit" look="primary" isDisabled={form.busy}>
          {words.t('second.confirm')}
        </Button>
      </EnrolmentSteps>
    </form>
  )
}

function On({ state, onCodes, onOff }: { state: TwoFactor; onCodes: (codes: string[]) => void; onOff: () => void }) {
  const words = useWords()
  const { language } = useTexts()
  const desk = useDesk()
  const form = useForm({ code: '' })
  const renew = () =>
    void form.submit(async (values) => onCodes((await post<{ recovery_codes: string[] }>('/me/two-factor/recovery-codes', values)).recovery_codes))
  const turnOff = () =>
    void form.submit(async (values) => {
      await post('/me/two-factor/off', values)
      desk.say(words.t('second.wasOff'))
      onOff()
    })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        renew()
      }}
    >
      <p>{words.t('second.on', { day: day(state.since ?? 0, language), left: state.recovery_codes_left })}</p>
      <CodeField label={words.t('second.codeOrRecovery')} form={form} />
      <div className={css.line}>
        <Button type="submit" isDisabled={form.busy}>
          {words.t('second.renew')}
        </Button>
        <Button look="danger" onPress={turnOff} isDisabled={form.busy}>
          {words.t('second.off')}
        </Button>
      </div>
    </form>
  )
}
