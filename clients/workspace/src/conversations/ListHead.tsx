import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { begin } from '@/app/beginning'
import { part } from '@/app/part'
import { useDesk, useStore, useTexts } from '@/app/context'
import type { View } from '@/core/model'
import { narrowed, type InboxSearch } from '@/core/place'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { Key } from '@/ui/Key'
import { ViewMenu } from '@/views/ViewMenu'
import css from './ListHead.module.css'
import { SearchBox } from './SearchBox'

const FilterBar = part(() => import('@/views/FilterBar'))

const TILES: View[] = ['mine', 'unassigned', 'queue', 'assistant']

interface Props {
  view: View
  search: InboxSearch
  newer: number
  onRefresh: () => void
  onNeediest: () => void
  /** Null where nothing can be selected. */
  onSelect: (() => void) | null
}

export function ListHead({ view, search, newer, onRefresh, onNeediest, onSelect }: Props) {
  const { t, n } = useTexts()
  const { rights } = useDesk().me
  const [filtering, filter] = useState(false)
  const narrow = narrowed(search).length > 0 || search.sort !== undefined
  return (
    <header className={css.head}>
      <div className={css.top}>
        <ViewMenu view={view} search={search} />
        <span className={css.deeds}>
          {onSelect && (
            <Button look="quiet" icon className={css.byTouch} aria-label={t('list.select')} onPress={onSelect}>
              <Icon name="check" />
            </Button>
          )}
          {rights.includes('conversations.answer') && (
            <Button look="quiet" icon aria-label={t('key.newConversation')} onPress={() => begin()}>
              <Icon name="write" />
            </Button>
          )}
          <Button onPress={onNeediest}>
            {t('list.needsMe')} <Key of="neediest" />
          </Button>
        </span>
      </div>
      <Tiles view={view} />
      <div className={css.seek}>
        <SearchBox key={search.q ?? ''} view={view} search={search} />
        <Button
          look="quiet"
          icon
          aria-label={t('list.filters')}
          aria-pressed={narrow}
          onPress={() => filter(!filtering)}
        >
          <Icon name="filter" />
        </Button>
      </div>
      {(filtering || narrow) && (
        <Suspense>
          <FilterBar view={view} search={search} asked={filtering && !narrow} />
        </Suspense>
      )}
      <div aria-live="polite">
        {newer > 0 && (
          <button type="button" className={css.newer} onClick={onRefresh}>
            <span>{n('list.newer', newer)}</span>
            <u>{t('list.show')}</u> <Key of="showNewer" />
          </button>
        )}
      </div>
    </header>
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
