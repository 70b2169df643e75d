import { useTexts } from '@/app/context'
import { LANGUAGES, nameOf } from '@/core/texts'
import css from './Team.module.css'

/** The languages somebody answers in. */
export function Languages({ chosen, onChoose }: { chosen: string[]; onChoose: (tags: string[]) => void }) {
  const { t } = useTexts()
  const toggle = (tag: string) => onChoose(chosen.includes(tag) ? chosen.filter((one) => one !== tag) : [...chosen, tag])
  return (
    <fieldset className={css.checks}>
      <legend>{t('field.languages')}</legend>
      {LANGUAGES.map((tag) => (
        <label key={tag} lang={tag}>
          <input type="checkbox" checked={chosen.includes(tag)} onChange={() => toggle(tag)} />
          {nameOf(tag)}
        </label>
      ))}
    </fieldset>
  )
}
