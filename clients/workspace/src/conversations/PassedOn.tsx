import type { GoodwordEvent } from '@goodword/shared/events'
import { useNow } from '@/app/context'
import { useWords } from '@/channels/words'
import { messageOf } from '@/core/conversation'
import { moment } from '@/core/time'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import bubble from './Bubble.module.css'
import css from './Composer.module.css'
import { find } from './work'

/** The message that goes along to somebody else, whole and with its files. */
export function PassedOn({ id, events, onDrop }: { id: string; events: readonly GoodwordEvent[]; onDrop: () => void }) {
  const { t, n, language } = useWords()
  const now = useNow()
  const message = events.map(messageOf).find((one) => one?.id === id)
  const files = message?.attachments.length ?? 0
  return (
    <section className={css.macro} aria-label={t('letter.passedOn')}>
      <p className={css.passedOn}>
        <b>{t('letter.passedOn')}</b>{' '}
        {message ? (
          <button type="button" className={bubble.link} onClick={() => find(id)}>
            {message.author.name}, {moment(message.at, now, language)}
          </button>
        ) : (
          t('letter.earlier')
        )}{' '}
        {files > 0 && n('letter.files', files)}{' '}
        <q lang={message?.language ?? undefined} dir="auto">
          {message?.text.trim()}
        </q>
      </p>
      <Button look="quiet" icon small aria-label={t('letter.withoutIt')} onPress={onDrop}>
        <Icon name="close" size={16} />
      </Button>
    </section>
  )
}
