import type { ReactNode } from 'react'
import css from './Page.module.css'

/** A page that is not the inbox: a title, what may be done, and a calm column. */
export function Page({ title, deeds, children }: { title: string; deeds?: ReactNode; children: ReactNode }) {
  return (
    <main id="work" tabIndex={-1} className={css.page}>
      <header className={css.head}>
        <h1>{title}</h1>
        {deeds}
      </header>
      {children}
    </main>
  )
}
