import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@/ui/Button'
import { useTexts } from './context'
import css from '@/staff/Door.module.css'

export default function Unreachable() {
  const { t } = useTexts()
  const client = useQueryClient()
  return (
    <main className={css.door}>
      <div className={css.card}>
        <h1>{t('unreachable.title')}</h1>
        <p>{t('unreachable.what')}</p>
        <Button look="primary" onPress={() => void client.refetchQueries({ queryKey: ['me'] })}>
          {t('common.tryAgain')}
        </Button>
      </div>
    </main>
  )
}
