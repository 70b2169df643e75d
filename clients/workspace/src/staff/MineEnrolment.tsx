import { useState, type ReactNode } from 'react'
import type { Enrolment } from '@/security/queries'
import { useWords } from '@/security/words'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import css from './Settings.module.css'
import type { useForm } from './useForm'

/** The key of a new second factor: as a picture for the app's camera, and to be typed in; then its first code. */
export function EnrolmentSteps({ enrolment, form, children }: { enrolment: Enrolment; form: ReturnType<typeof useForm<{ code: string }>>; children: ReactNode }) {
  const words = useWords()
  return (
    <>
      <p>{words.t('second.scan')}</p>
      <img
        src={`data:image/svg+xml,${encodeURIComponent(enrolment.picture)}`}
        alt={words.t('second.picture')}
        width={196}
        height={196}
      />
      <code className={css.code}>{enrolment.secret.match(/.{1,4}/g)?.join(' ')}</code>
      <CodeField label={words.t('second.code')} form={form} />
      {children}
    </>
  )
}

/** Six figures, offered by whatever fills in one-time codes. */
export function CodeField({ label, form }: { label: string; form: ReturnType<typeof useForm<{ code: string }>> }) {
  return <Field label={label} autoComplete="one-time-code" autoCapitalize="off" spellCheck={false} required {...form.field('code')} />
}

/** Shown this once. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const words = useWords()
  const [copied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true))
  return (
    <>
      <h2>{words.t('second.recovery')}</h2>
      <p className={css.soft}>{words.t('second.recoveryWhat')}</p>
      <code className={css.code} style={{ whiteSpace: 'pre' }}>
        {codes.join('\n')}
      </code>
      <div className={css.line}>
        <Button onPress={copy}>{words.t(copied ? 'second.copied' : 'second.copy')}</Button>
        <Button look="primary" onPress={onKept}>
          {words.t('second.kept')}
        </Button>
      </div>
    </>
  )
}
