import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { GoodwordEvent } from '@goodword/shared/events'
import { useDesk, useTexts } from '@/app/context'
import { get } from '@/core/api'
import { beyond, withMissing, type Conversation } from '@/core/conversation'
import { Button } from '@/ui/Button'
import css from './Timeline.module.css'

interface Page {
  events: GoodwordEvent[]
  earlier: boolean
  later: boolean
}

/** What is missing between a place far back and the newest: fetched from the side on which one comes near it. */
export default function Gap({ conversation, keep }: { conversation: Conversation; keep: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const place = useRef<HTMLDivElement>(null)
  const [busy, setBusy] = useState(false)
  const { gap } = conversation
  const { id } = conversation.row

  const fetchFrom = async (from: 'above' | 'below') => {
    const page = await get<Page>(`/conversations/${id}/events?${from === 'above' ? `after=${gap}` : `before=${beyond(conversation)}`}`)
    if (from === 'below') keep()
    const all = from === 'above' ? !page.later : !page.earlier
    client.setQueryData<Conversation>(['conversation', id], (old) => old && withMissing(old, page.events, from, all))
  }
  const fetchMore = async () => {
    if (busy) return
    setBusy(true)
    const box = place.current!.closest('[role=log]')!.getBoundingClientRect()
    const isBelow = place.current!.getBoundingClientRect().top > box.top + box.height / 2
    await fetchFrom(isBelow ? 'above' : 'below').catch(desk.complain)
    setBusy(false)
  }
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchMore(), { root: place.current?.closest('[role=log]') ?? null, rootMargin: '600px 0px' })
    // Not while one is still on the way to the place.
    const timer = setTimeout(() => place.current && watch.observe(place.current), 300)
    return () => {
      clearTimeout(timer)
      watch.disconnect()
    }
  }, [conversation.events, busy])
  return (
    <div ref={place} className={css.earlier}>
      <Button look="quiet" small isDisabled={busy} onPress={() => void fetchMore()}>
        {t('timeline.between')}
      </Button>
    </div>
  )
}
