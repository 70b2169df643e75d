import { reasonIn, type Tried, type TriedWay } from '@/core/mailbox'
import css from '@/staff/Settings.module.css'
import { useWords } from '../words'

/** How either direction went when it was tried, in plain words first and in the server's own on demand. */
export function TriedWays({ tried }: { tried: Tried | null }) {
  return (
    <div role="status" className={css.list}>
      {tried && (
        <>
          <One way={tried.incoming} direction="incoming" />
          <One way={tried.outgoing} direction="outgoing" />
        </>
      )}
    </div>
  )
}

function One({ way, direction }: { way: TriedWay; direction: 'incoming' | 'outgoing' }) {
  const { t, n } = useWords()
  return (
    <div className={css.told} data-trouble={!way.ok || undefined}>
      <b>{t(`mailbox.${direction}.${way.ok ? 'ok' : 'failed'}`)}</b>{' '}
      {way.ok ? (
        way.folders && way.folders.length > 0 && n('mailbox.folders', way.folders.length)
      ) : (
        <Why {...way} />
      )}
    </div>
  )
}

/** What stands in the way and what to do about it; what the other side said is a detail. */
export function Why({ reason, detail }: Pick<TriedWay, 'reason' | 'detail'>) {
  const { t } = useWords()
  return (
    <>
      {t(`mailbox.why.${reasonIn(reason)}`)}
      {detail && (
        <details>
          <summary>{t('lost.words')}</summary>
          <code className={css.code}>{detail}</code>
        </details>
      )}
    </>
  )
}
