import type { KeyboardEvent } from 'react'
import { useTexts } from '@/app/context'
import { remembered } from '@/core/recents'
import { Icon } from '@/ui/Icon'
import { SEARCHES } from './SearchBox'
import css from './SearchHelp.module.css'

const OPERATORS = ['from:', 'tag:', 'is:closed', 'has:file', 'before:', 'after:']

interface Props {
  onChoose: (words: string) => void
  onInsert: (operator: string) => void
  offerRecent: boolean
}

/** What was searched lately, and the words that narrow a search. */
export default function SearchHelp({ onChoose, onInsert, offerRecent }: Props) {
  const { t } = useTexts()
  const recent = offerRecent ? remembered(localStorage, SEARCHES) : []
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key] as 'nextElementSibling' | undefined
    const next = step && event.currentTarget[step]
    if (step) event.preventDefault()
    if (next instanceof HTMLElement) next.focus()
  }
  return (
    <div className={css.help}>
      {recent.length > 0 && (
        <div role="group" aria-label={t('search.recent')}>
          <h3>{t('search.recent')}</h3>
          {recent.map((words) => (
            <button key={words} type="button" className={css.recent} data-recent onKeyDown={walk} onClick={() => onChoose(words)}>
              <Icon name="clock" size={16} />
              {words}
            </button>
          ))}
        </div>
      )}
      <p>
        {t('search.help')}{' '}
        {OPERATORS.map((operator) => (
          <button key={operator} type="button" className={css.operator} title={t(`search.${operator.split(':')[0]}`)} onClick={() => onInsert(operator)}>
            {operator}
          </button>
        ))}
      </p>
    </div>
  )
}
