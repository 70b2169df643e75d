import { useTexts } from '@/app/context'
import type { Opened } from './Conversation'
import css from './Notice.module.css'
import { ToConversation } from './Words'

/** From here on words of another conversation of the person, or again of this one. */
export function Elsewhere({ stream, opened: { conversation, row } }: { stream: string; opened: Opened }) {
  const { t } = useTexts()
  if (stream === row.id) return <p className={css.notice}>{t('everything.here')}</p>
  const other = conversation.customer.conversations.find((one) => one.id === stream)
  return (
    <p className={css.notice}>
      {t('everything.from')} {other && <ToConversation number={other.number} id={other.id} />}
    </p>
  )
}
