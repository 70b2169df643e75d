import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useNow, useTexts } from '@/app/context'
import type { View } from '@/core/model'
import { narrowed, type InboxSearch } from '@/core/place'
import { Button } from '@/ui/Button'
import css from './List.module.css'
import { RowLine } from './RowLine'
import { RowPick, usePicking } from './RowPick'
import type { Rows } from './useRows'
import type { RowSelection } from './useSelection'

interface Props extends Rows {
  view: View
  search: InboxSearch
  opened: string | undefined
  selection: RowSelection
  /** The pointer or the focus is in the list, or it is scrolled: it must not move. */
  onTouch: (touched: boolean) => void
}

/** How far each list was scrolled when it was last seen. */
const SCROLLED = new Map<string, number>()

export function List(props: Props) {
  const { rows, pending, error, again, view, search } = props
  const { t } = useTexts()
  if (rows.length) return <Lines {...props} />
  if (error) {
    const message = error.message === 'unreachable' ? t('error.unreachable') : t('list.failed')
    return <Trouble message={message} again={t('common.tryAgain')} onAgain={again} />
  }
  return pending ? <Skeleton /> : <Empty view={view} filtered={narrowed(search).length > 0} />
}

function Lines({ rows, gone, more, place, view, search, opened, selection, onTouch }: Props) {
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const picking = usePicking(selection)
  const height = document.documentElement.dataset['density'] === 'compact' ? 52 : 72
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]!.id,
    initialOffset: SCROLLED.get(place) ?? 0,
    overscan: 8,
  })
  const show = (id: string | null | undefined) => {
    const index = rows.findIndex((row) => row.id === id)
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' })
  }
  useEffect(() => show(opened), [opened])
  useEffect(() => show(selection.head), [selection.head])

  const lines = virtual.getVirtualItems()
  const last = lines.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && last >= rows.length - 10) more()
  }, [more, last, rows.length])

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
      <ul className={css.rows} style={{ height: virtual.getTotalSize() }} data-picking={selection.on}>
        {lines.map((line) => {
          const row = rows[line.index]!
          return (
            <li
              key={row.id}
              aria-setsize={rows.length}
              aria-posinset={line.index + 1}
              className={css.place}
              data-picked={selection.has(row.id)}
              style={{ height: line.size, transform: `translateY(${line.start}px)` }}
              {...picking(row.id)}
            >
              <RowLine row={row} view={view} search={search} now={now} selected={row.id === opened} gone={gone.has(row.id)} />
              <RowPick row={row} selection={selection} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Grey rows; the style shows them only when the answer takes longer than the eye notices. */
function Skeleton() {
  return <div className={`${css.scroller} ${css.skeleton}`} aria-busy />
}

function Empty({ view, filtered }: { view: View; filtered: boolean }) {
  const { t } = useTexts()
  const what = filtered ? 'filtered' : view
  return (
    <div className={css.empty}>
      <h2>{t(`empty.${what}.title`)}</h2>
      <p>{t(`empty.${what}.what`)}</p>
    </div>
  )
}

export function Trouble({ message, again, onAgain }: { message: string; again: string; onAgain: () => void }) {
  return (
    <div className={css.empty} role="alert">
      <p>{message}</p>
      <Button onPress={onAgain}>{again}</Button>
    </div>
  )
}
