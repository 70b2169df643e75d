import { useQuery } from '@tanstack/react-query'
import { useTexts } from '@/app/context'
import { macroPreviewQuery } from '@/app/queries'
import type { Macro } from '@/core/macros'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import css from './Composer.module.css'

/** A macro that was chosen and waits to be sent: everything that it will do. */
export default function MacroCard({ macro, conversation, onDrop }: { macro: Macro; conversation: string; onDrop: () => void }) {
  const { t } = useTexts()
  const preview = useQuery(macroPreviewQuery(conversation, macro.id)).data
  return (
    <section className={css.macro} aria-label={t('macro.chosen', { macro: macro.name })}>
      <b>{macro.name}</b>
      <ol>
        {preview?.lines.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ol>
      <Button look="quiet" icon small aria-label={t('macro.drop')} onPress={onDrop}>
        <Icon name="close" size={16} />
      </Button>
    </section>
  )
}
