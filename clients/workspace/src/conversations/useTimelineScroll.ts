import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Item } from '@/core/timeline'

const NEAR = 80

/** Opens at the unread line or the end, follows the end while the person is there, never moves otherwise. */
export function useTimelineScroll(items: readonly Item[], pending: number, arriving: boolean) {
  const spoken = items.findLast((item) => item.kind === 'message')?.key ?? ''
  const heard = useRef(spoken)
  const wrote = useRef(pending)
  const ref = useRef<HTMLDivElement>(null)
  const atEnd = useRef(!arriving)
  const anchor = useRef<{ id: string; top: number } | null>(null)
  const [below, setBelow] = useState(false)
  const [unreadAbove, setUnreadAbove] = useState(false)
  const toEnd = () => ref.current?.scrollTo({ top: ref.current.scrollHeight })
  const line = () => ref.current?.querySelector('[data-unread-line]') ?? null

  useLayoutEffect(() => {
    if (arriving) return
    if (line()) line()!.scrollIntoView({ block: 'center' })
    else toEnd()
  }, [])

  useLayoutEffect(() => {
    const box = ref.current
    if (!box) return
    if (anchor.current) {
      const place = document.getElementById(anchor.current.id)
      if (place) box.scrollTop += place.getBoundingClientRect().top - anchor.current.top
      anchor.current = null
    } else if (atEnd.current || pending > wrote.current) toEnd()
    else if (spoken !== heard.current) setBelow(true)
    heard.current = spoken
    wrote.current = pending
  }, [items, spoken, pending])

  useEffect(() => {
    const box = ref.current
    if (!box) return
    const watch = new ResizeObserver(() => atEnd.current && toEnd())
    watch.observe(box)
    if (box.lastElementChild) watch.observe(box.lastElementChild)
    return () => watch.disconnect()
  }, [])

  return {
    ref,
    below,
    unreadAbove,
    toEnd,
    toUnread: () => line()?.scrollIntoView({ block: 'center' }),
    /** Whatever comes next, the first message that is seen stays where it is. */
    keep: () => {
      const edge = ref.current?.getBoundingClientRect().top ?? 0
      const seen = [...(ref.current?.querySelectorAll('li[id]') ?? [])].find((place) => place.getBoundingClientRect().bottom > edge)
      anchor.current = seen ? { id: seen.id, top: seen.getBoundingClientRect().top } : null
    },
    onScroll: () => {
      const box = ref.current!
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR
      if (atEnd.current) setBelow(false)
      const unread = line()
      setUnreadAbove(unread !== null && unread.getBoundingClientRect().bottom < box.getBoundingClientRect().top)
    },
  }
}
