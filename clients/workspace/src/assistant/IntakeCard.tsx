import { useState } from 'react'
import type { Intake } from '@goodword/shared/events'
import { useTexts } from '@/app/context'
import { Attachments } from '@/conversations/Attachments'
import { Icon } from '@/ui/Icon'
import css from './HandoverLine.module.css'

const PARTS = ['what', 'since', 'wish', 'order'] as const

/** The problem as its customer reported it; what he has not said is named, so that nobody asks twice. */
export default function IntakeCard({ intake, answered, language }: { intake: Intake; answered: boolean; language: string | null }) {
  const { t } = useTexts()
  const [open, setOpen] = useState(!answered)
  return (
    <section className={css.handover} aria-label={t('intake.label')}>
      <button type="button" className={css.head} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="file" size={16} />
        <span>
          {t('intake.label')} · {t(intake.done ? 'intake.complete' : 'intake.running')}
        </span>
        <Icon name="down" size={16} />
      </button>
      {open && (
        <dl className={css.lines}>
          {PARTS.map((part) => (
            <div key={part}>
              <dt>{t(`intake.${part}`)}</dt>
              {intake[part] ? (
                <dd className={css.voice} lang={language ?? undefined}>
                  {intake[part]}
                </dd>
              ) : (
                <dd>{t(intake.skipped.includes(part) ? 'intake.skipped' : 'intake.missing')}</dd>
              )}
            </div>
          ))}
          {intake.evidence.length > 0 && (
            <div>
              <dt>{t('intake.evidence')}</dt>
              <dd>
                <Attachments files={intake.evidence} />
              </dd>
            </div>
          )}
        </dl>
      )}
    </section>
  )
}
