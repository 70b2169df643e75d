import type { ReactNode } from 'react'
import { useTexts } from '@/app/context'
import type { Conversation } from '@/core/conversation'
import type { Message } from '@/core/model'
import css from './Timeline.module.css'
import { useWork } from './work'

/** A message that can be chosen while somebody chooses; only those of the conversation itself, and of what was merged into it, can be moved. */
export function Chooser({ message, stream, conversation, children }: { message: Message; stream: string; conversation: Conversation; children: ReactNode }) {
  const { chosen, choose } = useWork()
  const { t } = useTexts()
  if (!chosen || !conversation.streams.includes(stream)) return children
  const on = chosen.has(message.id)
  const turn = () => choose(new Set(on ? [...chosen].filter((id) => id !== message.id) : [...chosen, message.id]))
  return (
    <div className={css.chooser}>
      <input type="checkbox" checked={on} onChange={turn} aria-label={t('split.choose', { text: message.text.slice(0, 60) })} />
      {children}
    </div>
  )
}
