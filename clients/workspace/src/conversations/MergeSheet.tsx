import { useNow, useTexts } from '@/app/context'
import { age } from '@/core/time'
import { Button } from '@/ui/Button'
import { Sheet } from '@/ui/Sheet'
import css from '@/staff/Settings.module.css'
import type { Opened } from './Conversation'
import { useJoining } from './useJoining'

/** Which of the customer's other conversations goes on in this one. */
export default function MergeSheet({ conversation, row, onClose }: Opened & { onClose: () => void }) {
  const { t, language } = useTexts()
  const now = useNow()
  const joining = useJoining(row)
  const others = conversation.customer.conversations.filter((one) => one.id !== row.id && !one.merged_into)
  return (
    <Sheet title={t('merge.title', { number: `#${row.number}` })} onClose={onClose}>
      <p className={css.soft}>{t(others.length ? 'merge.what' : 'merge.none')}</p>
      <ul className={css.list}>
        {others.map((one) => (
          <li key={one.id} className={css.line}>
            <span>
              <b>#{one.number}</b> {one.preview}
              <br />
              <span className={css.soft}>
                {t(`status.${one.status}`)} · {age(one.last_at, now, language, t('time.now'))}
              </span>
            </span>
            <Button
              onPress={() => {
                onClose()
                void joining.merge(one)
              }}
            >
              {t('merge.bring', { number: `#${one.number}` })}
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
