import { useDesk, useTexts } from '@/app/context'
import { MOST_FILES, type Room } from '@/core/limits'
import { Button } from '@/ui/Button'
import css from './Composer.module.css'
import type { Opened } from './Conversation'
import type { useDraft } from './useDraft'

interface Props {
  opened: Opened
  draft: ReturnType<typeof useDraft>
  /** It goes to somebody else, and answers nobody. */
  forwarding: boolean
  room: Room
  missing: string[]
  warned: boolean
  begun: number
  /** What came meanwhile has been seen. */
  onSeen: () => void
}

/** A line beside the buttons: what would go wrong, what has changed meanwhile, or what sending will do. The gravest counts. */
export function ComposerHints({ opened: { row, conversation }, draft, forwarding, room, missing, warned, begun, onSeen }: Props) {
  const { t, n } = useTexts()
  const desk = useDesk()
  const writing = draft.kind === 'reply' && !forwarding && draft.text.trim() !== ''
  const answered = writing
    ? conversation.events.findLast((event) => event.seq > begun && event.type === 'ReplyQueued' && event.actor.kind === 'agent' && event.actor.id !== desk.me.id && !event.data.message.letter?.forwards)
    : undefined

  const said = () => {
    if (room.tooLong) return <b>{n('composer.tooLong', -room.left!)}</b>
    if (room.tooManyFiles) return <b>{n('composer.tooManyFiles', MOST_FILES)}</b>
    if (missing.length) return <b>{t(warned ? 'composer.missingStill' : 'composer.missing', { fields: missing.join(' ') })}</b>
    if (answered)
      return (
        <>
          <b>{t('composer.answeredMeanwhile', { name: answered.actor.name })}</b>
          <Button look="quiet" small onPress={onSeen}>
            {t('composer.seen')}
          </Button>
        </>
      )
    if (draft.elsewhere)
      return (
        <>
          {t('composer.elsewhere')}
          <Button look="quiet" small onPress={draft.takeElsewhere}>
            {t('composer.takeIt')}
          </Button>
        </>
      )
    if (room.left !== null) return n('composer.left', room.left)
    if (writing && row.assignee?.id !== desk.me.id) return t(row.handler === 'assistant' ? 'composer.silencesAssistant' : 'composer.becomesYours')
    return null
  }
  return (
    <p className={css.under} role="status">
      {said()}
    </p>
  )
}
