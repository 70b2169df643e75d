import { useState } from 'react'
import { useTexts } from '@/app/context'
import { ApiError } from '@/core/api'

/** A form's values, its way to the server, and what the server said about each field. */
export function useForm<V extends Record<string, string>>(initial: V) {
  const { t } = useTexts()
  const [values, setValues] = useState(initial)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [fields, setFields] = useState<Record<string, string>>({})

  async function submit(deed: (values: V) => Promise<unknown>) {
    if (busy) return
    setBusy(true)
    setError(null)
    setFields({})
    try {
      await deed(values)
    } catch (problem) {
      const known = problem instanceof ApiError ? problem.problem : null
      setFields(known?.fields ?? {})
      setError(known?.detail ?? t('error.unreachable'))
    } finally {
      setBusy(false)
    }
  }

  const field = (name: keyof V & string) => ({
    name,
    value: values[name],
    error: fields[name],
    onChange: (event: { target: { value: string } }) => setValues((old) => ({ ...old, [name]: event.target.value })),
  })
  /** A yes or no, kept as `yes` or nothing. */
  const check = (name: keyof V & string) => ({
    name,
    checked: values[name] !== '',
    error: fields[name],
    onChange: (event: { target: { checked: boolean } }) => setValues((old) => ({ ...old, [name]: event.target.checked ? 'yes' : '' })),
  })
  return { values, setValues, busy, error, submit, field, check }
}
