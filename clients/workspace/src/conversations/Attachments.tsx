import { Suspense, useState } from 'react'
import type { Attachment } from '@goodword/shared/events'
import { part } from '@/app/part'
import { useTexts } from '@/app/context'
import { Icon } from '@/ui/Icon'
import css from './Attachments.module.css'

const Viewer = part(() => import('./Viewer'))

/** Pictures are shown and sound is played where they stand; they, films and PDFs open large. Other files are links. */
export function Attachments({ files }: { files: readonly Attachment[] }) {
  const [opened, open] = useState<Attachment | null>(null)
  const { t } = useTexts()
  if (!files.length) return null
  return (
    <ul className={css.files} aria-label={t('attachment.label')}>
      {files.map((file) => (
        <li key={file.id}>
          <One file={file} onOpen={() => open(file)} />
        </li>
      ))}
      {opened && (
        <Suspense fallback={null}>
          <Viewer files={files.filter(isViewed)} first={opened} onClose={() => open(null)} />
        </Suspense>
      )}
    </ul>
  )
}

export const isImage = (file: Attachment) => file.content_type.startsWith('image/')
const isViewed = (file: Attachment) =>
  isImage(file) || file.content_type.startsWith('video/') || (file.content_type === 'application/pdf' && navigator.pdfViewerEnabled)

function One({ file, onOpen }: { file: Attachment; onOpen: () => void }) {
  const { t, language } = useTexts()
  if (file.content_type.startsWith('audio/')) return <audio className={css.sound} src={file.url} controls preload="none" aria-label={file.name} />
  if (isImage(file))
    return (
      <button type="button" className={css.picture} onClick={onOpen} aria-label={t('attachment.enlarge', { name: file.name })}>
        <img src={file.url} alt={file.name} loading="lazy" />
      </button>
    )
  const inside = (
    <>
      <Icon name="file" size={16} />
      <span>{file.name}</span> <small>{bytes(file.size, language)}</small>
    </>
  )
  return isViewed(file) ? (
    <button type="button" className={css.file} onClick={onOpen}>
      {inside}
    </button>
  ) : (
    <a className={css.file} href={file.url} target="_blank" rel="noreferrer">
      {inside}
    </a>
  )
}

export function bytes(size: number, language: string): string {
  const [value, unit] = size < 1e6 ? [Math.max(1, Math.round(size / 1e3)), 'kilobyte'] : [size / 1e6, 'megabyte']
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}
