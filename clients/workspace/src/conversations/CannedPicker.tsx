import { useTexts } from '@/app/context'
import { textIn } from '@/core/canned'
import type { Canned } from '@/core/model'
import css from './CannedPicker.module.css'

interface Props {
  found: Canned[]
  picked: number
  language: string | null
  onPick: (one: Canned) => void
}

/** The canned answers that fit the word after `/`, in the customer's language. */
export function CannedPicker({ found, picked, language, onPick }: Props) {
  const { t } = useTexts()
  return (
    <ul className={css.picker} role="listbox" aria-label={t('canned.label')}>
      {found.map((one, index) => (
        <li
          key={one.id}
          role="option"
          aria-selected={index === picked}
          onMouseDown={(event) => {
            event.preventDefault()
            onPick(one)
          }}
        >
          <b>/{one.key}</b>
          <span lang={language ?? undefined}>{textIn(one, language)}</span>
        </li>
      ))}
    </ul>
  )
}
