import { useTexts } from '@/app/context'
import { Icon } from '@/ui/Icon'
import css from './Uploads.module.css'
import type { Upload } from './useUploads'

export function Uploads({ all, drop }: { all: readonly Upload[]; drop: (key: number) => void }) {
  const { t } = useTexts()
  if (!all.length) return null
  return (
    <ul className={css.uploads} aria-label={t('attachment.label')}>
      {all.map((one) => (
        <li key={one.key} data-ready={one.file !== null}>
          <Icon name="file" size={16} />
          <span>{one.name}</span>
          {!one.file && <small>{t('attachment.uploading')}</small>}
          <button type="button" onClick={() => drop(one.key)} aria-label={t('attachment.remove', { name: one.name })}>
            <Icon name="close" size={16} />
          </button>
        </li>
      ))}
    </ul>
  )
}
