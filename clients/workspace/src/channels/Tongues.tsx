import { LANGUAGES, nameOf } from '@/core/texts'
import css from '@/staff/Team.module.css'

/** Which of our languages; none chosen means all of them. */
export function Tongues({ label, value, give }: { label: string; value: string[]; give: (tags: string[]) => void }) {
  const toggle = (tag: string) => give(LANGUAGES.filter((one) => (one === tag) !== value.includes(one)))
  return (
    <div role="group" aria-label={label} className={css.checks}>
      {LANGUAGES.map((tag) => (
        <label key={tag} lang={tag}>
          <input type="checkbox" checked={value.includes(tag)} onChange={() => toggle(tag)} />
          {nameOf(tag)}
        </label>
      ))}
    </div>
  )
}
