import { useMemo } from 'react'
import type { GoodwordEvent } from '@goodword/shared/events'
import { useWords } from '@/channels/words'
import { isMailbox, named, recipients } from '@/core/recipients'
import type { Channel } from '@/core/model'
import css from './Composer.module.css'

/** To whom the reply goes, in one quiet line. */
export default function Recipients({ events, channel }: { events: readonly GoodwordEvent[]; channel: Channel }) {
  const { t } = useWords()
  const mailbox = String(channel.settings['address'] ?? '')
  const found = useMemo(() => recipients(events, (address) => isMailbox(mailbox, address)), [events, mailbox])
  if (!found) return null
  return (
    <p className={css.recipients} dir="auto">
      {t('letter.to')}: {named(found.to)}
      {found.cc.length > 0 && ` · ${t('letter.cc')}: ${found.cc.map(named).join(', ')}`}
    </p>
  )
}
