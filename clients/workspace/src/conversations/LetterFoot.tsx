import { Suspense, useState } from 'react'
import type { Letter, Party } from '@goodword/shared/events'
import { part } from '@/app/part'
import { useWords } from '@/channels/words'
import { named } from '@/core/recipients'
import css from './Bubble.module.css'

const LetterSheet = part(() => import('./LetterSheet'))

/** Under a letter, quietly: from whom to whom, and the way to what came in as it came. */
export default function LetterFoot({ letter, language }: { letter: Letter; language: string | null }) {
  const { t } = useWords()
  const [asking, ask] = useState(false)
  const [shown, show] = useState<'written' | 'original' | null>(null)
  const { sender, to, cc, arrival_id: arrival } = letter
  const others = to.length + cc.length - 1
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
      {asking && (
        <dl>
          <Parties name={t('letter.from')} parties={sender ? [sender] : []} />
          <Parties name={t('letter.replyTo')} parties={letter.reply_to ? [letter.reply_to] : []} />
          <Parties name={t('letter.to')} parties={to} />
          <Parties name={t('letter.cc')} parties={cc} />
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
