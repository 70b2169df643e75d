import { Suspense, useState } from 'react'
import type { Letter, Party } from '@goodword/shared/events'
import { part } from '@/app/part'
import { useDesk } from '@/app/context'
import { useWords } from '@/channels/words'
import { named } from '@/core/recipients'
import css from './Bubble.module.css'
import { passOn } from './passOn'
import { find } from './work'

const LetterSheet = part(() => import('./LetterSheet'))

interface Props {
  letter: Letter
  message: string
  language: string | null
  /** The conversation from which it can be passed on; null: it can't. */
  passOnIn: string | null
}

/** Under a letter, quietly: from whom to whom, the way to what came in as it came, and on to somebody else. */
export default function LetterFoot({ letter, message, language, passOnIn }: Props) {
  const { t } = useWords()
  const desk = useDesk()
  const [asking, ask] = useState(false)
  const [shown, show] = useState<'written' | 'original' | null>(null)
  const { sender, to, cc, bcc = [], forwards, arrival_id: arrival } = letter
  const others = to.length + cc.length + bcc.length - 1
  const first = to[0] ?? cc[0]
  return (
    <div className={css.foot}>
      {letter.doubt && <p role="note">{t('letter.doubt', { address: sender?.address || named(sender ?? { name: '?', address: '' }) })}</p>}
      {letter.shortened && <p>{t('letter.shortened')}</p>}
      {(sender || first) && (
        <button type="button" className={css.moment} aria-expanded={asking} onClick={() => ask(!asking)}>
          {first ? t('letter.toFirst', { name: first.name || first.address }) : named(sender!)}
          {others > 0 && ` +${others}`}
        </button>
      )}
      {arrival && (letter.written || letter.shortened) && (
        <button type="button" className={css.link} onClick={() => show('written')}>
          {t('letter.written')}
        </button>
      )}
      {arrival && (
        <button type="button" className={css.link} onClick={() => show('original')}>
          {t('letter.original')}
        </button>
      )}
      {forwards && (
        <button type="button" className={css.link} onClick={() => find(forwards)}>
          {t('letter.toPassedOn')}
        </button>
      )}
      {passOnIn && (
        <button type="button" className={css.link} onClick={() => passOn(desk, passOnIn, message)}>
          {t('letter.forward')}
        </button>
      )}
      {asking && (
        <dl>
          <Parties name={t('letter.from')} parties={sender ? [sender] : []} />
          <Parties name={t('letter.replyTo')} parties={letter.reply_to ? [letter.reply_to] : []} />
          <Parties name={t('letter.to')} parties={to} />
          <Parties name={t('letter.cc')} parties={cc} />
          <Parties name={t('letter.bcc')} parties={bcc} />
        </dl>
      )}
      {shown && arrival && (
        <Suspense fallback={null}>
          <LetterSheet arrival={arrival} language={language} first={shown} onClose={() => show(null)} />
        </Suspense>
      )}
    </div>
  )
}

function Parties({ name, parties }: { name: string; parties: Party[] }) {
  if (!parties.length) return null
  return (
    <>
      <dt>{name}</dt>
      <dd dir="auto">{parties.map(named).join(', ')}</dd>
    </>
  )
}
