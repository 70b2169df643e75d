import { Suspense, useMemo } from 'react'
import type { GoodwordEvent } from '@goodword/shared/events'
import { part } from '@/app/part'
import { useTexts } from '@/app/context'
import { threads } from '@/core/threads'
import { Icon } from '@/ui/Icon'
import css from './SideThreads.module.css'

const SideThread = part(() => import('./SideThread'))

interface Props {
  events: readonly GoodwordEvent[]
  conversation: string
  /** The one that is open. */
  shown: string | null
  onShow: (id: string | null) => void
}

/** Side threads that go on, right above the box; a closed one comes back when it is asked for. */
export default function SideThreads({ events, conversation, shown, onShow }: Props) {
  const { t, n } = useTexts()
  const all = useMemo(() => threads(events).filter((thread) => !thread.closed || thread.id === shown), [events, shown])
  if (!all.length) return null
  return (
    <div className={css.threads}>
      {all.map((thread) => {
        const open = thread.id === shown
        const last = thread.messages.at(-1)
        return (
          <section key={thread.id} className={css.thread} aria-label={t('thread.label', { title: thread.title })}>
            <button type="button" className={css.head} aria-expanded={open} onClick={() => onShow(open ? null : thread.id)}>
              <Icon name="people" size={16} />
              <b>{thread.title || t('thread.untitled')}</b>
              <span>{open ? thread.members.map((one) => one.name).join(', ') : last && `${last.author.name}: ${last.text}`}</span>
              <small>{n('thread.messages', thread.messages.length)}</small>
            </button>
            <Suspense fallback={null}>{open && <SideThread thread={thread} conversation={conversation} onClosed={() => onShow(null)} />}</Suspense>
          </section>
        )
      })}
    </div>
  )
}
