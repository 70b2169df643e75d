import type { Availability } from '@/core/model'
import css from './Avatar.module.css'

/** The first letters of a name, with a dot that tells whether the person is there. Decoration: the name stands beside it. */
export function Avatar({ name, state, size = 32 }: { name: string; state?: Availability | undefined; size?: 24 | 32 | 40 }) {
  return (
    <span className={`${css.avatar} ${css[`s${size}`]}`} aria-hidden>
      {initials(name)}
      {state && <i className={css[state]} />}
    </span>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : '']
  if (/\p{Script=Han}|\p{Script=Hangul}/u.test(first)) return [...first].slice(-2).join('')
  return (([...first][0] ?? '?') + ([...last][0] ?? '')).toLocaleUpperCase()
}
