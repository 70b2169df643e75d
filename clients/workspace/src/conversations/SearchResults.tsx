import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import { useDesk, useNow, useStore, useTexts } from '@/app/context'
import { ApiError, get } from '@/core/api'
import { brought, gathered, type FoundConversation } from '@/core/found'
import { mergeRows, rowOf } from '@/core/inbox'
import type { SearchPage, SearchResult, View } from '@/core/model'
import { sought, type InboxSearch } from '@/core/place'
import { age } from '@/core/time'
import { Button } from '@/ui/Button'
import type { Stop } from './Inbox'
import list from './List.module.css'
import { Trouble } from './List'
import { nameOf } from './RowLine'
import css from './SearchResults.module.css'

interface Props {
  q: string
  view: View
  search: InboxSearch
  opened: string | undefined
  at: number | undefined
  /** Tells the keys where they may stop. */
  onFound: (stops: Stop[]) => void
}

const FEW = 8
const FAR = 8

/** Everything that was ever said and holds the words, by conversation; each place opens where it was said. */
export default function SearchResults({ q, view, search, opened, at, onFound }: Props) {
  const { t, n } = useTexts()
  const desk = useDesk()
  const inbox = useStore(desk.inbox)
  const box = useRef<HTMLDivElement>(null)
  const key = sought(q, search)
  const pages = useInfiniteQuery({
    queryKey: ['inbox', 'search', key],
    queryFn: async ({ pageParam, signal }) => {
      const page = await get<SearchPage>(`/search${sought(q, search, pageParam)}`, signal)
      desk.inbox.update((value) => mergeRows(value, page.results.map((result) => result.conversation)))
      return page
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 30_000,
  })
  const results = pages.data?.pages.flatMap((page) => page.results) ?? []
  const found = useMemo(() => gathered(results, (row) => rowOf(inbox, row.id) ?? row), [pages.data, inbox])
  const stops = found.flatMap(({ row, hits }) => hits.map((hit) => ({ id: row.id, at: hit.seq })))
  useEffect(() => onFound(stops), [pages.data, key])
  useEffect(() => {
    box.current?.querySelector('a[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [opened, at])
  useEffect(() => () => onFound([]), [])
  // A page may hold little where much is looked at for it: then the next is asked for by itself.
  const few = found.length < FEW && pages.hasNextPage && !pages.isFetching && (pages.data?.pages.length ?? 0) < FAR
  useEffect(() => {
    if (few) void pages.fetchNextPage()
  }, [few])

  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')]
    links[links.indexOf(document.activeElement as HTMLElement) + step]?.focus()
    event.preventDefault()
  }
  if (pages.error && !pages.data) {
    const message = pages.error instanceof ApiError ? pages.error.message : t('error.unreachable')
    return <Trouble message={message} again={t('common.tryAgain')} onAgain={() => void pages.refetch()} />
  }
  if (pages.isPending) return <div className={`${list.scroller} ${list.skeleton}`} aria-busy />
  return (
    <div ref={box} className={list.scroller} data-results onKeyDown={walk}>
      <p className={found.length ? css.count : 'sr-only'} role="status">
        {n('search.found', found.length)}
      </p>
      {found.length === 0 && !few && !pages.isFetching && (
        <div className={list.empty}>
          <h2>{t('empty.search.title')}</h2>
          <p>{t('empty.search.what', { words: q })}</p>
        </div>
      )}
      <ul>
        {found.map((one) => (
          <Found key={one.row.id} {...one} view={view} search={search} at={one.row.id === opened ? at : undefined} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <div className={css.more}>
          <Button isDisabled={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
            {t('search.more')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Found({ row, hits, view, search, at }: FoundConversation & { view: View; search: InboxSearch; at: number | undefined }) {
  const { t } = useTexts()
  return (
    <li className={css.found}>
      <h3>
        <span>{nameOf(row, t('customer.anonymous'))}</span>
        <small>
          #{row.number} · {t(row.spam ? 'row.spam' : `status.${row.status}`)}
        </small>
      </h3>
      {hits.map((hit) => (
        <Hit key={`${hit.kind} ${hit.seq}`} hit={hit} view={view} search={search} language={row.language} current={hit.seq === at} />
      ))}
    </li>
  )
}

function Hit({ hit, view, search, language, current }: { hit: SearchResult; view: View; search: InboxSearch; language: string | null; current: boolean }) {
  const { t, language: mine } = useTexts()
  const now = useNow()
  const who = hit.kind === 'note' ? t('row.note') : hit.author.kind === 'customer' ? '' : hit.author.name
  return (
    <Link
      to="/inbox/$view/$id"
      params={{ view, id: hit.conversation.id }}
      search={{ ...search, at: hit.seq }}
      preload={false}
      className={css.hit}
      aria-current={current ? 'true' : undefined}
    >
      <small>
        {who} {age(hit.at, now, mine, t('time.now'))}
      </small>
      <span lang={language ?? undefined} className={hit.author.kind === 'customer' ? css.voice : undefined}>
        {brought(hit.snippet).map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : piece.text))}
      </span>
    </Link>
  )
}
