import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk } from '@/app/context'
import { isDark } from '@/app/theme'
import { letterQuery } from '@/channels/queries'
import { useWords } from '@/channels/words'
import { ApiError, BASE } from '@/core/api'
import { written } from '@/core/frames'
import settings from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Sheet } from '@/ui/Sheet'
import css from './Attachments.module.css'

type Side = 'written' | 'original'

interface Props {
  arrival: string
  language: string | null
  first: Side
  onClose: () => void
}

/** A letter as whoever wrote it meant it to look, or as the mail servers handed it on. */
export default function LetterSheet({ arrival, language, first, onClose }: Props) {
  const { t, n } = useWords()
  const { me } = useDesk()
  const [side, turn] = useState(first)
  const [pictures, load] = useState(false)
  const found = useQuery(letterQuery(arrival))
  const letter = found.data
  const blocked = letter && side === 'written' && letter.html && !pictures ? letter.remote_images : 0
  return (
    <Sheet title={letter?.subject || t('letter.written')} onClose={onClose} full>
      <div className={css.viewer}>
        <div className={css.deeds}>
          <Button small aria-pressed={side === 'written'} onPress={() => turn(side === 'written' ? 'original' : 'written')}>
            {t(side === 'written' ? 'letter.original' : 'letter.written')}
          </Button>
          {blocked > 0 && (
            <Button small onPress={() => load(true)}>
              {n('letter.pictures', blocked)}
            </Button>
          )}
          <span role="status">{blocked > 0 && t('letter.blocked')}</span>
          {me.rights.includes('channels.manage') && (
            <a href={`${BASE}/arrivals/${arrival}/raw`} download={`${arrival}.eml`}>
              {t('letter.download')}
            </a>
          )}
        </div>
        {found.error && <p role="alert">{t(found.error instanceof ApiError ? found.error.message : 'error.unreachable')}</p>}
        {letter && side === 'written' && letter.html && <iframe {...written(arrival, { pictures, dark: isDark(), language })} title={letter.subject || t('letter.written')} />}
        {letter && side === 'written' && !letter.html && (
          <pre className={settings.code} tabIndex={0} dir="auto" lang={language ?? undefined}>
            {letter.text}
          </pre>
        )}
        {letter && side === 'original' && (
          <pre className={settings.code} tabIndex={0} aria-label={t('letter.headers')}>
            {letter.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}
          </pre>
        )}
      </div>
    </Sheet>
  )
}
