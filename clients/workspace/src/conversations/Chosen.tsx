import { useTexts } from '@/app/context'
import type { Row } from '@/core/model'
import { Button } from '@/ui/Button'
import css from './Timeline.module.css'
import { useJoining } from './useJoining'
import { useWork } from './work'

/** How many are chosen, and where they go. */
export default function Chosen({ row }: { row: Row }) {
  const { chosen, choose } = useWork()
  const { t, n } = useTexts()
  const joining = useJoining(row)
  if (!chosen) return null
  return (
    <div className={css.chosen} role="status">
      <span>{chosen.size ? n('split.chosen', chosen.size) : t('split.what')}</span>
      <Button
        look="primary"
        small
        isDisabled={chosen.size === 0}
        onPress={() => {
          choose(null)
          void joining.split([...chosen])
        }}
      >
        {t('split.move')}
      </Button>
      <Button look="quiet" small onPress={() => choose(null)}>
        {t('common.cancel')}
      </Button>
    </div>
  )
}
