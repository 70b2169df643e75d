import { useDesk, useTexts } from '@/app/context'
import type { Outgoing } from '@/core/outbox'
import { readers } from '@/core/names'
import { Button } from '@/ui/Button'
import { Attachments } from './Attachments'
import css from './Bubble.module.css'

/** A message on its way, honest about where it is. */
export function Pending({ entry }: { entry: Outgoing }) {
  const { t } = useTexts()
  const desk = useDesk()
  const failed = entry.state === 'failed'
  const lookFirst = () => {
    desk.outbox.discard(entry.client_id)
    desk.drafts.offer(entry.conversation_id, { text: entry.text, kind: entry.kind })
    if (entry.letter) desk.addressings.write(entry.conversation_id, entry.letter)
  }
  return (
    <article
      className={`${css.bubble} ${entry.kind === 'note' ? css.note : css.agent} ${failed ? '' : css.pending}`}
      data-first
      data-last
      data-failed={failed || undefined}
    >
      {entry.letter && <p className={css.label}>{t(entry.letter.forwards ? 'bubble.forwarded' : 'bubble.to', { name: readers(entry.letter) })}</p>}
      <p className={css.text} dir="auto">
        {entry.text}
      </p>
      <Attachments files={entry.attachments} />
      <footer className={css.meta}>
        <span>{t('bubble.you')}</span>
        <span className={failed ? css.trouble : undefined}>
          {t(`outbox.${entry.state}`)}
          {entry.problem && ` ${entry.problem}`}
        </span>
        {entry.collided && (
          <>
            <Button look="quiet" small onPress={() => desk.outbox.sendAnyway(entry.client_id)}>
              {t('outbox.sendAnyway')}
            </Button>
            <Button look="quiet" small onPress={lookFirst}>
              {t('outbox.lookFirst')}
            </Button>
          </>
        )}
        {!entry.collided && (failed || entry.state === 'waiting') && (
          <>
            <Button look="quiet" small onPress={() => desk.outbox.retry(entry.client_id)}>
              {t('common.tryAgain')}
            </Button>
            <Button look="quiet" small onPress={() => desk.outbox.discard(entry.client_id)}>
              {t('outbox.discard')}
            </Button>
          </>
        )}
      </footer>
    </article>
  )
}
