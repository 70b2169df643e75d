import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useCommand } from '@/app/commands'
import { useDesk, useStore, useTexts } from '@/app/context'
import type { InboxSearch } from '@/app/router'
import { composing } from '@/core/keys'
import { VIEWS, type View } from '@/core/model'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { Item, MenuButton } from '@/ui/Menu'
import css from './ListHead.module.css'

const TILES: View[] = ['mine', 'unassigned', 'queue', 'assistant']

interface Props {
  view: View
  search: InboxSearch
  newer: number
  onRefresh: () => void
  onNeediest: () => void
}

export function ListHead({ view, search, newer, onRefresh, onNeediest }: Props) {
  const { t, n } = useTexts()
  return (
    <header className={css.head}>
      <div className={css.top}>
        <ViewMenu view={view} />
        <Button onPress={onNeediest}>
          {t('list.needsMe')} <kbd aria-hidden>G</kbd>
        </Button>
      </div>
      <Tiles view={view} />
      <Search key={search.q ?? ''} view={view} search={search} />
      {(search.tag || search.channel) && (
        <Link className={css.filter} to="/inbox/$view" params={{ view }} search={{}}>
          {search.tag ? `#${search.tag}` : t('list.oneChannel')} <Icon name="close" size={16} label={t('list.clearFilter')} />
        </Link>
      )}
      <div aria-live="polite">
        {newer > 0 && (
          <button type="button" className={css.newer} onClick={onRefresh}>
            <span>{n('list.newer', newer)}</span>
            <u>{t('list.show')}</u> <kbd aria-hidden>.</kbd>
          </button>
        )}
      </div>
    </header>
  )
}

function ViewMenu({ view }: { view: View }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const counts = useStore(useDesk().inbox).counts
  const button = (
    <AriaButton className={css.view!}>
      <b>{t(`view.${view}`)}</b>
      {counts[view] !== undefined && <span>{counts[view]}</span>}
      <span className="sr-only">{t('list.chooseView')}</span>
      <Icon name="down" size={16} />
    </AriaButton>
  )
  return (
    <MenuButton button={<h1>{button}</h1>} label={t('list.views')}>
      {VIEWS.map((one) => (
        <Item
          key={one}
          checked={one === view}
          detail={counts[one]}
          onAction={() => void navigate({ to: '/inbox/$view', params: { view: one } })}
        >
          {t(`view.${one}`)}
        </Item>
      ))}
    </MenuButton>
  )
}

/** The four views of a working day with their live counts. */
function Tiles({ view }: { view: View }) {
  const { t } = useTexts()
  const counts = useStore(useDesk().inbox).counts
  return (
    <nav className={css.tiles} aria-label={t('list.views')}>
      {TILES.map((one) => (
        <Link key={one} to="/inbox/$view" params={{ view: one }} className={css.tile} aria-current={one === view ? 'page' : undefined}>
          <b>{counts[one] ?? '–'}</b>
          <span>{t(`view.${one}.short`)}</span>
        </Link>
      ))}
    </nav>
  )
}

function Search({ view, search }: { view: View; search: InboxSearch }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [words, setWords] = useState(search.q ?? '')
  useCommand('search', () => input.current?.focus())
  const go = (q: string) => void navigate({ to: '/inbox/$view', params: { view }, search: q ? { ...search, q } : {} })
  return (
    <div className={css.search} role="search">
      <Icon name="search" size={16} />
      <input
        ref={input}
        type="search"
        value={words}
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        onChange={(event) => {
          setWords(event.target.value)
          if (!event.target.value && search.q) go('')
        }}
        onKeyDown={(event) => {
          if (composing(event.nativeEvent)) return
          if (event.key === 'Enter') go(words.trim())
          if (event.key === 'Escape') {
            event.currentTarget.blur()
            if (search.q) go('')
          }
        }}
      />
      <kbd aria-hidden>/</kbd>
    </div>
  )
}
