import { useState } from 'react'
import { TextsIn } from '@/canned/TextsIn'
import { Button } from '@/ui/Button'
import { Sheet } from '@/ui/LazySheet'
import css from './automation.module.css'
import { optionsOf, timeZone, Zone } from './ConditionParts'
import { Choice, Span, Typed, type Options } from './Part'
import type { Offered } from './queries'
import { gapsOfStep, keyOfStep, parts, STEPS, stepOf, wordsIn, wordsOfStep, type Step } from './rules'
import { useWords } from './words'

const GROUPS: Record<string, readonly (typeof STEPS)[number][]> = {
  say: ['reply', 'reply/canned', 'note', 'ask_rating'],
  give: ['assign', 'assign/trigger', 'assign/nobody', 'team', 'hand_over', 'give_back'],
  mark: ['tag', 'untag', 'priority', 'field', 'field/empty', 'spam', 'spam/off'],
  state: ['close', 'reopen', 'snooze', 'snooze/morning'],
  other: ['webhook'],
}

/** One thing that is done, as a part of the sentence: its words open the other things, its values what they may be. */
export function StepParts({ step, offered, onChange, onRemove, onEarlier }: {
  step: Step
  offered: Offered
  onChange: (step: Step) => void
  onRemove: (() => void) | null
  onEarlier: (() => void) | null
}) {
  const { t } = useWords()
  const key = keyOfStep(step)
  const template = parts(t(wordsOfStep(key)))
  const first = template.findIndex((part) => 'text' in part && part.text.trim())
  const also: Options = [
    ...(onEarlier ? [['earlier', t('auto.earlier')] as const] : []),
    ...(onRemove ? [['remove', t('auto.takeAway')] as const] : []),
  ]
  const pick = (picked: string) => (picked === 'remove' ? onRemove?.() : picked === 'earlier' ? onEarlier?.() : onChange(stepOf(picked, timeZone())))
  const groups = Object.entries(GROUPS).map(([group, keys]) => ({
    title: t(`auto.steps.${group}`),
    options: keys.map((one): [string, string] => [one, t(wordsOfStep(one)).replace(/\{\w+\}/g, '…')]),
  }))
  return (
    <>
      {template.map((part, place) => {
        if ('text' in part) {
          if (place !== first) return part.text
          return (
            <Choice
              key={place}
              label={t('auto.step')}
              shown={part.text.trim()}
              groups={also.length ? [...groups, { title: t('auto.also'), options: also }] : groups}
              chosen={[key]}
              onPick={pick}
            />
          )
        }
        return <Slot key={part.slot} slot={part.slot} step={step} offered={offered} onChange={onChange} />
      })}
    </>
  )
}

function Slot({ slot, step, offered, onChange }: { slot: string; step: Step; offered: Offered; onChange: (step: Step) => void }) {
  const { t } = useWords()
  const gap = gapsOfStep(step).includes(slot)
  const one = (label: string, value: string, options: Options, set: (id: string) => Step) => (
    <Choice
      label={label}
      shown={options.find(([id]) => id === value)?.[1] ?? t('auto.choose')}
      groups={[{ options }]}
      chosen={[value]}
      gap={gap}
      onPick={(id) => onChange(set(id))}
    />
  )
  if (slot === 'key') return one(t('auto.ownField'), step.key ?? '', offered.field, (key) => ({ ...step, key }))
  if (slot === 'zone') return <Zone value={step.time_zone ?? 'UTC'} onChange={(time_zone) => onChange({ ...step, time_zone })} />
  switch (keyOfStep(step)) {
    case 'reply':
      return <Texts texts={step.texts ?? {}} gap={gap} onChange={(texts) => onChange({ ...step, texts })} />
    case 'reply/canned':
      return one(t('auto.canned'), step.canned ?? '', offered.canned, (canned) => ({ ...step, canned }))
    case 'note':
      return <Typed label={t('auto.note')} value={step.text ?? ''} gap={gap} long onChange={(text) => onChange({ ...step, text })} />
    case 'tag':
    case 'untag':
      return <Typed label={t('auto.tag')} value={(step.tags ?? []).join(', ')} gap={gap} onChange={(line) => onChange({ ...step, tags: wordsIn(line) })} />
    case 'assign':
      return one(t('auto.agent'), step.agent ?? '', offered.agent, (agent) => ({ ...step, agent }))
    case 'team':
      return one(t('auto.team'), step.team ?? '', offered.team, (team) => ({ ...step, team }))
    case 'priority':
      return one(t('auto.value'), step.priority ?? '', optionsOf('priority', offered, t), (priority) => ({ ...step, priority }))
    case 'snooze':
      return <Span label={t('auto.time')} minutes={step.minutes ?? 60} onChange={(minutes) => onChange({ ...step, minutes })} />
    case 'snooze/morning':
      return <Typed label={t('auto.time')} type="time" value={step.morning ?? '09:00'} onChange={(morning) => morning && onChange({ ...step, morning })} />
    case 'webhook':
      return <Typed label={t('auto.address')} type="url" value={step.url ?? ''} gap={gap} long onChange={(url) => onChange({ ...step, url: url.trim() })} />
    default:
      return <Typed label={t('auto.value')} value={String(step.value ?? '')} gap={gap} onChange={(value) => onChange({ ...step, value })} />
  }
}

/** What is said to the customer: a glance in the sentence, all languages in a sheet. */
function Texts({ texts, gap, onChange }: { texts: Record<string, string>; gap: boolean; onChange: (texts: Record<string, string>) => void }) {
  const { t, language } = useWords()
  const [draft, open] = useState<Record<string, string> | null>(null)
  const text = texts[language] || texts['en'] || Object.values(texts)[0] || ''
  const glance = text.length > 40 ? `${text.slice(0, 39)}…` : text
  const close = () => {
    const kept = Object.fromEntries(Object.entries(draft ?? {}).filter(([, one]) => one.trim()))
    if (JSON.stringify(kept) !== JSON.stringify(texts)) onChange(kept)
    open(null)
  }
  return (
    <>
      <Button small className={css.part} data-gap={gap || undefined} onPress={() => open(texts)}>
        {glance ? t('quoted', { value: glance }) : t('auto.write')}
      </Button>
      {draft && (
        <Sheet title={t('auto.answer')} onClose={close} wide>
          <TextsIn texts={draft} onChange={open} rows={6} />
        </Sheet>
      )}
    </>
  )
}
