import { useState } from 'react'
import type { Attachment } from '@goodword/shared/events'
import { useTexts } from '@/app/context'
import { Icon } from '@/ui/Icon'
import { Sheet } from '@/ui/LazySheet'
import css from './Attachments.module.css'

/** Pictures are shown and grow when pressed; other files are links. */
export function Attachments({ files }: { files: readonly Attachment[] }) {
  const [large, enlarge] = useState<Attachment | null>(null)
  const { t, language } = useTexts()
  if (!files.length) return null
  return (
    <ul className={css.files} aria-label={t('attachment.label')}>
      {files.map((file) => (
        <li key={file.id}>
          {file.content_type.startsWith('image/') ? (
            <button type="button" className={css.picture} onClick={() => enlarge(file)} aria-label={t('attachment.enlarge', { name: file.name })}>
              <img src={file.url} alt={file.name} loading="lazy" />
            </button>
          ) : (
            <a className={css.file} href={file.url} target="_blank" rel="noreferrer">
              <Icon name="file" size={16} />
              <span>{file.name}</span> <small>{bytes(file.size, language)}</small>
            </a>
          )}
        </li>
      ))}
      {large && (
        <Sheet title={large.name} onClose={() => enlarge(null)} wide>
          <img className={css.large} src={large.url} alt={large.name} />
        </Sheet>
      )}
    </ul>
  )
}

export function bytes(size: number, language: string): string {
  const [value, unit] = size < 1e6 ? [Math.max(1, Math.round(size / 1e3)), 'kilobyte'] : [size / 1e6, 'megabyte']
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}
