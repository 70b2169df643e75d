import { Fragment, type ReactNode } from 'react'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import css from './automation.module.css'
import { ConditionParts, timeZone } from './ConditionParts'
import { Choice, Span, Typed } from './Part'
import type { Offered } from './queries'
import { conditionOf, HAPPENINGS, keyOfWhen, parts, stepOf, whenOf, type Draft, type Step, type When } from './rules'
import { StepParts } from './StepParts'
import { useWords } from './words'

interface Props {
  draft: Draft
  offered: Offered
  onChange: (draft: Draft) => void
}

/** A rule as one sentence; whatever may be different opens a menu or can be typed. */
export function Sentence({ draft, offered, onChange }: Props) {
  const { t } = useWords()
  const { conditions } = draft
  const slots: Record<string, ReactNode> = {
    event: <WhenParts when={draft.when} offered={offered} onChange={(when) => onChange({ ...draft, when })} />,
    conditions: conditions.map((condition, place) => (
      <Fragment key={place}>
        {place > 0 && <AnyOrAll any={draft.any} onChange={(any) => onChange({ ...draft, any })} />}
        <ConditionParts
          condition={condition}
          offered={offered}
          onChange={(one) => onChange({ ...draft, conditions: conditions.with(place, one) })}
          onRemove={() => onChange({ ...draft, conditions: conditions.toSpliced(place, 1) })}
        />
      </Fragment>
    )),
    steps: <Steps steps={draft.steps} offered={offered} onChange={(steps) => onChange({ ...draft, steps })} />,
  }
  const add = (
    <Button small look="quiet" icon aria-label={t('auto.addCondition')} onPress={() => onChange({ ...draft, conditions: [...conditions, conditionOf('text.any', timeZone())] })}>
      <Icon name="plus" size={16} />
    </Button>
  )
  return (
    <p className={css.sentence}>
      {parts(t(conditions.length ? 'sentence.if' : 'sentence.always')).map((part, place) =>
        'text' in part ? (
          part.text
        ) : (
          <Fragment key={place}>
            {slots[part.slot]}
            {part.slot === (conditions.length ? 'conditions' : 'event') && add}
          </Fragment>
        ),
      )}
    </p>
  )
}

function AnyOrAll({ any, onChange }: { any: boolean; onChange: (any: boolean) => void }) {
  const { t } = useWords()
  const word = (how: 'any' | 'all') => t(`join.${how}`, { a: '', b: '' }).trim()
  return (
    <>
      {' '}
      <Choice
        label={t('auto.anyOrAll')}
        shown={word(any ? 'any' : 'all')}
        groups={[{ options: [['all', t('auto.all')], ['any', t('auto.any')]] }]}
        chosen={[any ? 'any' : 'all']}
        onPick={(how) => onChange(how === 'any')}
      />{' '}
    </>
  )
}

function WhenParts({ when, offered, onChange }: { when: When; offered: Offered; onChange: (when: When) => void }) {
  const { t } = useWords()
  const key = keyOfWhen(when)
  const template = parts(t(`when.${key}`))
  const first = template.findIndex((part) => 'text' in part && part.text.trim())
  const options = HAPPENINGS.map((one): [string, string] => [one, t(`when.${one}`).replace(/\{\w+\}/g, '…')])
  return template.map((part, place) => {
    if ('text' in part) {
      if (place !== first) return <Fragment key={place}>{part.text}</Fragment>
      return (
        <Choice key={place} label={t('auto.when')} shown={part.text.trim()} groups={[{ options }]} chosen={[key]} onPick={(one) => onChange(whenOf(one))} />
      )
    }
    if (when.minutes !== undefined) return <Span key="span" label={t('auto.time')} minutes={when.minutes} onChange={(minutes) => onChange({ ...when, minutes })} />
    const about = when.about ?? ''
    if (when.event === 'field_set') {
      const shown = offered.field.find(([id]) => id === about)?.[1] ?? t('auto.choose')
      return (
        <Choice key="about" label={t('auto.ownField')} shown={shown} groups={[{ options: offered.field }]} chosen={[about]} gap={!about} onPick={(own) => onChange({ ...when, about: own })} />
      )
    }
    return <Typed key="about" label={t('auto.tag')} value={about} gap={!about} onChange={(tag) => onChange({ ...when, about: tag.trim() })} />
  })
}

/** Steps joined to a phrase, with a place to add one. */
export function Steps({ steps, offered, onChange }: { steps: Step[]; offered: Offered; onChange: (steps: Step[]) => void }) {
  const { t } = useWords()
  const join = t('join.steps', { a: '', b: '' })
  return (
    <>
      {steps.map((step, place) => (
        <Fragment key={place}>
          {place > 0 && join}
          <StepParts
            step={step}
            offered={offered}
            onChange={(one) => onChange(steps.with(place, one))}
            onRemove={steps.length > 1 ? () => onChange(steps.toSpliced(place, 1)) : null}
            onEarlier={place > 0 ? () => onChange(steps.toSpliced(place, 1).toSpliced(place - 1, 0, step)) : null}
          />
        </Fragment>
      ))}
      <Button small look="quiet" icon aria-label={t('auto.addStep')} onPress={() => onChange([...steps, stepOf('tag', timeZone())])}>
        <Icon name="plus" size={16} />
      </Button>
    </>
  )
}
