import { useDesk } from '@/app/context'
import { useWords } from '@/channels/words'
import { post } from '@/core/api'
import { causeOf, isKeptBack } from '@/core/causes'
import type { Delivery } from '@/core/delivery'
import type { Row } from '@/core/model'
import { Button } from '@/ui/Button'
import css from './Bubble.module.css'

interface Props {
  delivery: Delivery
  message: string
  conversation: string
  /** It is asked to be sent once more, and is drawn so; 0: the server would not. */
  onAgain: (lostAt: number) => void
}

/** Why a reply did not get to the customer, in plain words and in those of his server, and the way to try once more. */
export default function Lost({ delivery, message, conversation, onAgain }: Props) {
  const { t } = useWords()
  const desk = useDesk()
  const { state, recipient, answer, reason, at } = delivery
  const cause = causeOf(delivery)
  const again = async () => {
    onAgain(at)
    try {
      const { conversation: row } = await post<{ conversation: Row }>(`/conversations/${conversation}/messages/${message}/resend`)
      desk.took(row)
    } catch (error) {
      onAgain(0)
      desk.complain(error)
    }
  }
  return (
    <div className={css.lost} role="note">
      <p>
        {recipient ? t('lost.cameBack', { address: recipient }) : t(state === 'bounced' ? 'lost.bounced' : 'lost.failed')}{' '}
        {cause && t(`lost.${cause}`)}
      </p>
      {(answer || !cause) && (answer || reason) && (
        <details className={css.quote}>
          <summary>{t('lost.words')}</summary>
          <p className={css.said}>{answer || reason}</p>
        </details>
      )}
      {!isKeptBack(cause) && (
        <Button small onPress={() => void again()}>
          {t('lost.again')}
        </Button>
      )}
    </div>
  )
}
