import { useNavigate } from '@tanstack/react-router'
import { Suspense, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react'
import { part } from '@/app/part'
import { useCommand } from '@/app/commands'
import { useTexts } from '@/app/context'
import { composing } from '@/core/keys'
import type { View } from '@/core/model'
import type { InboxSearch } from '@/core/place'
import { remember } from '@/core/recents'
import { Icon } from '@/ui/Icon'
import { Key } from '@/ui/Key'
import css from './ListHead.module.css'

const SearchHelp = part(() => import('./SearchHelp'))

export const SEARCHES = 'gw.searches'

/** The box that searches everything. Enter asks; an input method's Enter is its own. */
export function SearchBox({ view, search }: { view: View; search: InboxSearch }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [words, setWords] = useState(search.q ?? '')
  const [helping, help] = useState(false)
  useCommand('search', () => {
    input.current?.focus()
    input.current?.select()
  })

  const go = (q: string) => {
    const { q: _, ...others } = search
    if (q) remember(localStorage, SEARCHES, q)
    help(false)
    void navigate({ to: '/inbox/$view', params: { view }, search: q ? { ...others, q } : others })
  }
  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    if (composing(event.nativeEvent)) return
    if (event.key === 'Enter') go(words.trim())
    else if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('[data-results] a, [data-recent]')?.focus()
    else if (event.key === 'Escape') {
      event.currentTarget.blur()
      if (search.q) go('')
    } else return
    event.preventDefault()
  }
  return (
    <div ref={box} className={css.search} role="search" onBlur={(event: FocusEvent) => !box.current?.contains(event.relatedTarget) && help(false)}>
      <Icon name="search" size={16} />
      <input
        ref={input}
        type="search"
        enterKeyHint="search"
        value={words}
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        onFocus={() => help(true)}
        onChange={(event) => {
          setWords(event.target.value)
          if (!event.target.value && search.q) go('')
        }}
        onKeyDown={pressed}
      />
      {!words && <Key of="search" />}
      {helping && (
        <Suspense>
          <SearchHelp
            onChoose={go}
            onInsert={(operator) => {
              setWords((old) => `${old.trimEnd()} ${operator}`.trimStart())
              input.current?.focus()
            }}
            offerRecent={!words}
          />
        </Suspense>
      )}
    </div>
  )
}
