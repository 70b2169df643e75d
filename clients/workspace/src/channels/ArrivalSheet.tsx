import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError, BASE } from '@/core/api'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Sheet } from '@/ui/Sheet'
import { whyOf } from './arrivals'
import { arrivalQuery, type WholeArrival } from './queries'
import { useArrivals } from './useArrivals'
import { useWords } from './words'

/** Something that came in, byte by byte: to be read, mended, read again, saved, or dropped. */
export default function ArrivalSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords()
  const found = useQuery(arrivalQuery(id))
  const whole = found.data
  return (
    <Sheet title={whole?.arrival.subject || t('arrivals.noSubject')} onClose={onClose} wide>
      {found.error && <p role="alert">{t(found.error instanceof ApiError ? found.error.message : 'error.unreachable')}</p>}
      {whole && <Shown whole={whole} onClose={onClose} />}
    </Sheet>
  )
}

function Shown({ whole: { arrival, view, cut }, onClose }: { whole: WholeArrival; onClose: () => void }) {
  const { t } = useWords()
  const { replay, mend, drop } = useArrivals()
  const [text, write] = useState<string | null>(null)
  const taken = arrival.state === 'taken'
  const keep = async () => {
    if (text !== null && (await mend(arrival, text))) write(null)
  }
  return (
    <div className={css.form}>
      <div role="status">
        {taken ? (
          <>
            {t('arrivals.taken')}{' '}
            {arrival.conversation_id && (
              <Link to="/inbox/$view/$id" params={{ view: 'all', id: arrival.conversation_id }}>
                {t('arrivals.toConversation')}
              </Link>
            )}
          </>
        ) : (
          <p>{arrival.state === 'waiting' ? t('arrivals.reading') : arrival.state === 'dropped' ? t('arrivals.droppedNow') : whyOf(arrival, t)}</p>
        )}
        {arrival.detail && !taken && <code className={css.code}>{arrival.detail}</code>}
      </div>
      <textarea
        className={css.raw}
        aria-label={t('arrivals.raw')}
        aria-description={cut ? t('arrivals.cut') : undefined}
        spellCheck={false}
        readOnly={text === null}
        rows={18}
        value={text ?? view}
        onChange={(event) => write(event.target.value)}
      />
      {cut && <p className={css.soft}>{t('arrivals.cut')}</p>}
      <div className={css.deeds}>
        {text === null ? (
          <>
            {!taken && <Button onPress={() => write(view)}>{t('arrivals.mend')}</Button>}
            {!taken && <Button onPress={() => void replay(arrival, true)}>{t('arrivals.replay')}</Button>}
            <a className={css.download} href={`${BASE}/arrivals/${arrival.id}/raw`} download>
              {t('arrivals.export')}
            </a>
            {!taken && (
              <Button
                look="danger"
                onPress={() => {
                  void drop(arrival)
                  onClose()
                }}
              >
                {t('arrivals.drop')}
              </Button>
            )}
          </>
        ) : (
          <>
            <p className={css.soft}>{t('arrivals.mendWhat')}</p>
            <Button onPress={() => write(null)}>{t('common.cancel')}</Button>
            <Button look="primary" onPress={() => void keep()}>
              {t('arrivals.mendAndReplay')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
