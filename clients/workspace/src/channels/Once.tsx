import { useTexts } from '@/app/context'
import css from '@/staff/Settings.module.css'

/** A secret that is shown now and never again. */
export function Once({ secret }: { secret: string | null }) {
  const { t } = useTexts()
  return (
    <div role="status" className={css.list}>
      {secret && (
        <>
          <p>{t('tokens.once')}</p>
          <code className={css.code}>{secret}</code>
        </>
      )}
    </div>
  )
}
