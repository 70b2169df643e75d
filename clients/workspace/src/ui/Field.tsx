import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react'
import css from './Field.module.css'

interface Common {
  label: string
  hint?: ReactNode
  error?: string | undefined
}

/** A labelled input; the error is read out with it. */
export function Field({ label, hint, error, ...props }: Common & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(ids) => <input {...props} {...ids} className={css.input} />}
    </Labelled>
  )
}

export function Area({ label, hint, error, ...props }: Common & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(ids) => <textarea {...props} {...ids} className={`${css.input} ${css.area}`} />}
    </Labelled>
  )
}

export function Select({ label, hint, error, children, ...props }: Common & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(ids) => (
        <select {...props} {...ids} className={`${css.input} ${css.select}`}>
          {children}
        </select>
      )}
    </Labelled>
  )
}

/** Yes or no. */
export function Check({ label, error, ...props }: Omit<Common, 'hint'> & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className={css.check}>
      <input type="checkbox" {...props} />
      <span>{label}</span>
      {error && <span className={css.error}>{error}</span>}
    </label>
  )
}

interface Ids {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
}

function Labelled({ label, hint, error, children }: Common & { children: (ids: Ids) => ReactNode }) {
  const id = useId()
  const about = error || hint ? `${id}-about` : undefined
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': about, 'aria-invalid': error ? true : undefined })}
      {about && (
        <p id={about} className={error ? css.error : css.hint}>
          {error ?? hint}
        </p>
      )}
    </div>
  )
}
