import { useNavigate } from '@tanstack/react-router'
import { Suspense, useId, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { part } from '@/app/part'
import { useDesk, useTexts } from '@/app/context'
import { composing } from '@/core/keys'
import type { View } from '@/core/model'
import { narrowed, parameters, placeOf, toggledMood, withOne, type InboxSearch } from '@/core/place'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { Item, MenuButton } from '@/ui/Menu'
import css from './FilterBar.module.css'
import { useFilters, type Narrowed } from './useFilters'
import { useChangeView } from './useChangeView'
import { useSavedViews } from './useSavedViews'

const SaveView = part(() => import('./SaveView'))

interface Props {
  view: View
  search: InboxSearch
  /** The person has just asked to narrow, and nothing narrows yet. */
  asked: boolean
}

/** A chip for each thing that narrows the view, a menu for one more, and the name to keep it under. */
export default function FilterBar({ view, search, asked }: Props) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const filters = useFilters()
  const [adding, add] = useState<string | null>(null)
  const [menu, openMenu] = useState(asked)
  // The menu gives its focus back first, so that the new chip may take it.
  const begin = (name: string) => setTimeout(() => add(name), 30)
  const go = (next: InboxSearch) => void navigate({ to: '/inbox/$view', params: { view }, search: next })
  const set = (name: string, value: string | null) => {
    add(null)
    go(withOne(search, name, value))
  }
  const here = narrowed(search)
  const chips = filters.filter(({ name }) => name in search || name === adding)
  const free = filters.filter(({ name }) => !chips.some((chip) => chip.name === name) && name !== 'customer')
  return (
    <div className={css.bar} role="group" aria-label={t('list.filters')}>
      {chips.map((chip) =>
        chip.choices ? (
          <ChoiceChip
            key={chip.name}
            chip={chip}
            value={search[chip.name as 'tag']}
            asked={chip.name === adding}
            onSet={(value) => set(chip.name, value)}
            onClose={() => add(null)}
          />
        ) : (
          <WrittenChip key={chip.name} chip={chip} value={search[chip.name as 'tag']} onSet={(value) => set(chip.name, value)} />
        ),
      )}
      <MenuButton
        label={t('filter.add')}
        isOpen={menu}
        onOpenChange={openMenu}
        button={
          <Button look="quiet" small className={css.add}>
            <Icon name="plus" size={16} />
            {t('filter.add')}
          </Button>
        }
      >
        {free.map((one) => (
          <Item key={one.name} id={one.name} onAction={() => (one.name === 'waiting' ? set('waiting', 'yes') : begin(one.name))}>
            {one.title}
          </Item>
        ))}
      </MenuButton>
      {(here.length > 0 || search.sort) && <Keeping view={view} search={search} onClear={() => go(search.q ? { q: search.q } : {})} />}
    </div>
  )
}

interface ChipProps {
  chip: Narrowed
  value: string | undefined
  onSet: (value: string | null) => void
}

function ChoiceChip({ chip, value, asked, onSet, onClose }: ChipProps & { asked: boolean; onClose: () => void }) {
  const [open, setOpen] = useState(asked)
  const chosen = value?.split(',') ?? []
  const names = chosen.map((one) => chip.choices!.find((choice) => choice.value === one)?.name ?? one).join(', ')
  const many = chip.name === 'mood'
  const change = (isOpen: boolean) => {
    setOpen(isOpen)
    if (!isOpen && !value) onClose()
  }
  return (
    <span className={css.chip}>
      <MenuButton
        label={chip.title}
        isOpen={open}
        onOpenChange={change}
        button={
          <AriaButton>
            {chip.title}
            {names && chip.name !== 'waiting' && <b>{names}</b>}
          </AriaButton>
        }
      >
        {chip.choices!.map((choice) => (
          <Item
            key={choice.value}
            id={choice.value}
            checked={chosen.includes(choice.value)}
            onAction={() => onSet(many ? toggledMood(value, choice.value) : choice.value)}
          >
            {choice.name}
          </Item>
        ))}
      </MenuButton>
      {value !== undefined && <Away title={chip.title} onAway={() => onSet(null)} />}
    </span>
  )
}

function WrittenChip({ chip, value, onSet }: ChipProps) {
  const id = useId()
  const [words, setWords] = useState(value ?? '')
  const keep = () => (words.trim() !== (value ?? '') || !words.trim()) && onSet(words.trim().replace(/^#/, '') || null)
  return (
    <span className={css.chip}>
      <label htmlFor={id}>{chip.title}</label>
      <input
        id={id}
        type={chip.type ?? 'text'}
        list={chip.name === 'tag' ? `${id}-known` : undefined}
        value={words}
        size={10}
        autoFocus={value === undefined}
        onChange={(event) => setWords(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !composing(event.nativeEvent)) keep()
          if (event.key === 'Escape') onSet(value ?? null)
        }}
      />
      {chip.name === 'tag' && (
        <datalist id={`${id}-known`}>
          {chip.known?.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      )}
      {value !== undefined && <Away title={chip.title} onAway={() => onSet(null)} />}
    </span>
  )
}

function Away({ title, onAway }: { title: string; onAway: () => void }) {
  const { t } = useTexts()
  return (
    <button type="button" aria-label={t('filter.remove', { name: title })} onClick={onAway}>
      <Icon name="close" size={16} />
    </button>
  )
}

/** A filter that is not kept yet may be; a saved one that was changed may be kept so. */
function Keeping({ view, search, onClear }: { view: View; search: InboxSearch; onClear: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const change = useChangeView()
  const [saving, save] = useState(false)
  const from = useSavedViews().find((one) => one.id === search.saved)
  const kept = from && placeOf(from.filter, from.id)
  const same = kept && parameters(kept.view, kept.search) === parameters(view, search)
  const mine = from && (from.mine || (from.shared && desk.me.rights.includes('views.share')))
  return (
    <>
      <button type="button" className={css.word} onClick={onClear}>
        {t('filter.clear')}
      </button>
      {from && !same && mine && (
        <button type="button" className={css.word} onClick={() => void change.filter(from, view, search)}>
          {t('views.keep', { name: from.name })}
        </button>
      )}
      {!same && (
        <button type="button" className={css.word} onClick={() => save(true)}>
          {t('views.save')}
        </button>
      )}
      {saving && (
        <Suspense>
          <SaveView view={view} search={search} onClose={() => save(false)} />
        </Suspense>
      )}
    </>
  )
}
