import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useTexts } from '@/app/context'
import type { ComposeKind } from '@/core/model'
import css from './Composer.module.css'

interface Props {
  kind: ComposeKind
  /** Something is about to be passed on. */
  forwarding: boolean
  onTurn: (kind: ComposeKind) => void
  onForward: () => void
}

/** For whom it is written: the customer, colleagues, or somebody to whom a message is passed on. */
export function ComposerKinds({ kind, forwarding, onTurn, onForward }: Props) {
  const { t } = useTexts()
  const shown = kind === 'reply' && forwarding ? 'forward' : kind
  const hint = { reply: 'composer.marks', note: 'composer.noteMarks', forward: 'composer.forwardMarks' }[shown]
  const choose = (chosen: string) => (chosen === 'forward' ? onForward() : onTurn(chosen as ComposeKind))
  return (
    <div className={css.top}>
      <ToggleButtonGroup
        className={css.kinds!}
        aria-label={t('composer.kind')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[shown]}
        onSelectionChange={([chosen]) => choose(String(chosen))}
      >
        {(['reply', 'note', ...(forwarding ? (['forward'] as const) : [])] as const).map((one) => (
          <ToggleButton key={one} id={one} className={css.kind!}>
            {t(`composer.${one}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <span className={css.hint}>{t(hint)}</span>
    </div>
  )
}
