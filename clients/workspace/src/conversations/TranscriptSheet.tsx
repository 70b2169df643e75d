import { useState } from 'react'
import { useTexts } from '@/app/context'
import { BASE, query } from '@/core/api'
import { Check, Select } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import css from './SnoozeMenu.module.css'
import type { Opened } from './Conversation'

const FORMATS = ['html', 'txt', 'json'] as const

/** The conversation as a file, with or without what only the team may see. */
export default function TranscriptSheet({ row, onClose }: Opened & { onClose: () => void }) {
  const { t, language } = useTexts()
  const [format, setFormat] = useState<string>('html')
  const [notes, setNotes] = useState(false)
  return (
    <Sheet title={t('transcript.title')} onClose={onClose}>
      <div className={css.form}>
        <Select label={t('transcript.format')} value={format} onChange={(event) => setFormat(event.target.value)}>
          {FORMATS.map((one) => (
            <option key={one} value={one}>
              {t(`transcript.${one}`)}
            </option>
          ))}
        </Select>
        <Check label={t('transcript.notes')} checked={notes} onChange={(event) => setNotes(event.target.checked)} />
        <a href={`${BASE}/conversations/${row.id}/transcript${query({ format, notes: String(notes), tz: Intl.DateTimeFormat().resolvedOptions().timeZone, language })}`} download onClick={onClose}>
          {t('transcript.download')}
        </a>
      </div>
    </Sheet>
  )
}
