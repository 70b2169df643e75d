import type { FormEvent, ReactNode } from 'react'
import { LANGUAGES, nameOf } from '@/core/texts'
import css from './Door.module.css'

interface Props {
  title: string
  what: string
  error: string | null
  language: string
  onLanguage: (language: string) => void
  onSubmit: () => void
  children: ReactNode
}

/** The page of a person who is not in yet: one card, and the languages below it. */
export function Door({ title, what, error, language, onLanguage, onSubmit, children }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <main className={css.door}>
      <div>
        <form className={css.card} onSubmit={submit}>
          <svg className={css.mark} viewBox="0 0 28 28" aria-hidden>
            <path d="M14 1a13 13 0 1 0 0 26h11a2 2 0 0 0 2-2V14A13 13 0 0 0 14 1Z" />
          </svg>
          <div>
            <h1>{title}</h1>
            <p className={css.soft}>{what}</p>
          </div>
          <div role="alert">{error && <p className={css.error}>{error}</p>}</div>
          {children}
        </form>
        <div className={css.languages}>
          {LANGUAGES.map((tag) => (
            <button key={tag} type="button" lang={tag} aria-pressed={tag === language} onClick={() => onLanguage(tag)}>
              {nameOf(tag)}
            </button>
          ))}
        </div>
      </div>
    </main>
  )
}
