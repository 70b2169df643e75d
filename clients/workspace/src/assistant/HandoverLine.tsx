import { useState } from 'react'
import type { GoodwordEvent, HandoverSummary, SummaryLine } from '@goodword/shared/events'
import { useTexts } from '@/app/context'
import { find } from '@/conversations/work'
import { clock } from '@/core/time'
import { Icon } from '@/ui/Icon'
import css from './HandoverLine.module.css'

interface Props {
  event: Extract<GoodwordEvent, { type: 'HandoverRequested' }>
  summary: HandoverSummary | null
  /** A person has answered since: the summary has done its work and is folded. */
  answered: boolean
}

/** Why the assistant stopped, and what was asked and tried: each line leads to its message. */
export function HandoverLine({ event, summary, answered }: Props) {
  const { t, language } = useTexts()
  const filled = summary && summary.asked.length + summary.tried.length + summary.facts.length > 0
  const [open, setOpen] = useState(Boolean(filled) && !answered)
  return (
    <section className={css.handover} aria-label={t('handover.label')}>
      <button type="button" className={css.head} aria-expanded={open} disabled={!filled} onClick={() => setOpen(!open)}>
        <Icon name="spark" size={16} />
        <span>
          {t(`notice.handover.${event.data.reason}`)} <time>{clock(event.at, language)}</time>
        </span>
        {filled && <Icon name="down" size={16} />}
      </button>
      {open && filled && (
        <dl className={css.lines}>
          <Lines name={t('handover.asked')} lines={summary.asked} voice />
          <Lines name={t('handover.tried')} lines={summary.tried} />
          <Lines
            name={t('handover.facts')}
            lines={summary.facts.map((fact) => ({ text: `${fact.name}: ${fact.value}`, message_id: fact.message_id }))}
          />
        </dl>
      )}
    </section>
  )
}

function Lines({ name, lines, voice }: { name: string; lines: SummaryLine[]; voice?: boolean }) {
  if (!lines.length) return null
  return (
    <div>
      <dt>{name}</dt>
      {lines.map((line) => (
        <dd key={line.message_id + line.text} className={voice ? css.voice : undefined}>
          <button type="button" onClick={() => find(line.message_id)}>
            {line.text}
          </button>
        </dd>
      ))}
    </div>
  )
}
