/** How a row is selected: by its box, by a click with Shift, or by a finger that stays. */

import { useRef, type MouseEvent, type PointerEvent } from 'react'
import { useTexts } from '@/app/context'
import type { Row } from '@/core/model'
import css from './List.module.css'
import { nameOf } from './RowLine'
import type { RowSelection } from './useSelection'

const LONG = 450

/** The handlers of one row. While rows are selected by touch a tap selects instead of opening. */
export function usePicking(selection: RowSelection) {
  const pressed = useRef<{ timer: ReturnType<typeof setTimeout>; long: boolean } | null>(null)
  const touch = useRef(false)
  const released = () => pressed.current && clearTimeout(pressed.current.timer)

  return (id: string) => ({
    onPointerDown: (event: PointerEvent) => {
      touch.current = event.pointerType === 'touch'
      if (!touch.current) return
      const one = { long: false, timer: setTimeout(() => void ((one.long = true), selection.toggle(id)), LONG) }
      pressed.current = one
    },
    onPointerUp: released,
    onPointerCancel: released,
    onContextMenu: (event: MouseEvent) => touch.current && event.preventDefault(),
    onClickCapture: (event: MouseEvent) => {
      const long = pressed.current?.long === true
      pressed.current = null
      if (event.target instanceof HTMLInputElement && !event.shiftKey) return
      if (event.shiftKey) selection.reach(id)
      else if (touch.current && selection.on && !long) selection.toggle(id)
      else if (!long) return
      event.preventDefault()
      event.stopPropagation()
    },
  })
}

export function RowPick({ row, selection }: { row: Row; selection: RowSelection }) {
  const { t } = useTexts()
  const name = nameOf(row, t('customer.anonymous'))
  return (
    <label className={css.pick}>
      <input
        type="checkbox"
        tabIndex={-1}
        checked={selection.has(row.id)}
        aria-label={t('select.row', { name })}
        onChange={() => selection.toggle(row.id)}
      />
    </label>
  )
}
