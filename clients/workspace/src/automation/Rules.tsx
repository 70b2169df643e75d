import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '@/app/context'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import css from '@/staff/Settings.module.css'
import { rulesQuery } from './queries'
import { NewRule, RuleCard } from './RuleCard'
import { newRule } from './rules'
import { useWords } from './words'

/** What the desk does by itself: each rule a sentence, in the order in which they are asked. */
export function Rules() {
  const { t } = useWords()
  const { language } = useTexts()
  const told = useQuery(rulesQuery(language)).data
  const [adding, add] = useState(false)
  const rules = [...(told?.rules ?? [])].sort((a, b) => a.position - b.position)
  return (
    <section>
      <div className={css.line}>
        <p className={css.soft}>{t('auto.what')}</p>
        <Button onPress={() => add(true)} isDisabled={adding}>
          <Icon name="plus" size={16} />
          {t('auto.add')}
        </Button>
      </div>
      {told && told.conflicts.length > 0 && (
        <div className={css.card} role="note">
          <h3>{t('auto.conflicts')}</h3>
          {told.conflicts.map(({ sentence }) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      {told && !rules.length && !adding && <p className={css.soft}>{t('auto.none')}</p>}
      <ol className={css.list}>
        {rules.map((rule) => (
          <RuleCard key={rule.id} rule={rule} count={rules.length} />
        ))}
        {adding && <NewRule first={newRule(t('auto.new'))} onDone={() => add(false)} />}
      </ol>
      {rules.some((rule) => rule.steps.some((step) => step.do === 'webhook')) && (
        <details>
          <summary>{t('auto.secret')}</summary>
          <code className={css.code}>{told?.secret}</code>
        </details>
      )}
    </section>
  )
}
