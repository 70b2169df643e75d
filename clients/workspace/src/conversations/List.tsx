import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useNow, useTexts } from '@/app/context'
import type { InboxSearch } from '@/app/router'
import type { View } from '@/core/model'
import { Button } from '@/ui/Button'
import css from './List.module.css'
import { RowLine } from './RowLine'
import type { Rows } from './useRows'

interface Props extends Rows {
  view: View
  search: InboxSearch
  selected: string | undefined
  /** The pointer or the focus is in the list, or it is scrolled: it must not move. */
  onTouch: (touched: boolean) => void
}

const SCROLLED = new Map<string, number>()

export function List({ rows, gone, pending, error, more, refresh, view, search, selected, onTouch }: Props) {
  const { t } = useTexts()
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const height = document.documentElement.dataset['density'] === 'compact' ? 52 : 76
  const place = `${view} ${JSON.stringify(search)}`
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]!.id,
    initialOffset: SCROLLED.get(place) ?? 0,
    overscan: 8,
  })

  const index = rows.findIndex((row) => row.id === selected)
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' })
  }, [selected])

  const lines = virtual.getVirtualItems()
  const last = lines.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && last >= rows.length - 10) more()
  }, [more, last, rows.length])

  if (error && !rows.length) return <Trouble message={t('list.failed')} again={t('common.tryAgain')} onAgain={refresh} />
  if (!rows.length) return pending ? <div className={css.scroller} aria-busy /> : <Empty view={view} words={search.q} />
  return (
    <div
      ref={scroller}
      className={css.scroller}
      onPointerEnter={(event) => event.pointerType === 'mouse' && onTouch(true)}
      onPointerLeave={() => onTouch((scroller.current?.scrollTop ?? 0) > 0)}
      onFocus={() => onTouch(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && onTouch(event.currentTarget.scrollTop > 0)}
      onScroll={(event) => SCROLLED.set(place, event.currentTarget.scrollTop)}
    >
      <ul className={css.rows} style={{ height: virtual.getTotalSize() }}>
        {lines.map((line) => {
          const row = rows[line.index]!
          return (
            <li
              key={row.id}
              aria-setsize={rows.length}
              aria-posinset={line.index + 1}
              className={css.place}
              style={{ height: line.size, transform: `translateY(${line.start}px)` }}
            >
              <RowLine row={row} view={view} search={search} now={now} selected={row.id === selected} gone={gone.has(row.id)} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Empty({ view, words }: { view: View; words: string | undefined }) {
  const { t } = useTexts()
  return (
    <div className={css.empty}>
      <h2>{words ? t('empty.search.title') : t(`empty.${view}.title`)}</h2>
      <p>{words ? t('empty.search.what', { words }) : t(`empty.${view}.what`)}</p>
    </div>
  )
}

function Trouble({ message, again, onAgain }: { message: string; again: string; onAgain: () => void }) {
  return (
    <div className={css.empty} role="alert">
      <p>{message}</p>
      <Button onPress={onAgain}>{again}</Button>
    </div>
  )
}
