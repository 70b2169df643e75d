import { useTexts } from '@/app/context'
import { Choice, Span, Typed, type Options } from './Part'
import type { Offered } from './queries'
import { CHOICES, conditionOf, gapsOf, keyOfCondition, parts, PREDICATES, wordsIn, type Condition, type Hours } from './rules'
import { useWords } from './words'

export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

const GROUPS: Record<string, readonly string[]> = {
  message: ['text', 'language', 'before', 'actor', 'messages'],
  customer: ['customer', 'customer_field', 'mood', 'waiting', 'rating'],
  conversation: ['channel', 'team', 'assignee', 'handler', 'status', 'priority', 'tag', 'field', 'hours'],
}

interface Props {
  condition: Condition
  offered: Offered
  onChange: (condition: Condition) => void
  onRemove: () => void
}

/** One question, as a part of the sentence: its words open the other questions, its values what they may be. */
export function ConditionParts({ condition, offered, onChange, onRemove }: Props) {
  const { t } = useWords()
  const key = keyOfCondition(condition)
  const gaps = gapsOf(condition)
  const template = parts(t(`if.${key}`))
  const first = template.findIndex((part) => 'text' in part && part.text.trim())
  const pick = (picked: string) => (picked === 'remove' ? onRemove() : onChange(conditionOf(picked, timeZone(), condition)))
  const keys = Object.keys(PREDICATES)
  const groups = Object.entries(GROUPS).map(([group, fields]) => ({
    title: t(`auto.group.${group}`),
    options: fields.flatMap((field) => keys.filter((one) => one.startsWith(`${field}.`))).map((one): [string, string] => [one, asked(t(`if.${one}`))]),
  }))
  return (
    <>
      {template.map((part, place) => {
        if ('text' in part) {
          if (place !== first) return part.text
          return (
            <Choice
              key={place}
              label={t('auto.question')}
              shown={part.text.trim()}
              groups={[...groups, { title: t('auto.also'), options: [['remove', t('auto.takeAway')]] }]}
              chosen={[key]}
              onPick={pick}
            />
          )
        }
        if (part.slot === 'key') {
          const options = offered[condition.field as 'field' | 'customer_field']
          return (
            <Named
              key="key"
              label={t('auto.ownField')}
              value={condition.key ?? ''}
              options={options}
              gap={gaps.includes('key')}
              onPick={(own) => onChange({ ...condition, key: own })}
            />
          )
        }
        return <ValueParts key="value" condition={condition} offered={offered} onChange={(value) => onChange({ ...condition, value })} />
      })}
    </>
  )
}

/** A question as a menu shows it: with dots for what is still to be said. */
const asked = (template: string) => template.replace(/\{\w+\}/g, '…')

function Named({ label, value, options, gap, onPick }: { label: string; value: string; options: Options; gap: boolean; onPick: (id: string) => void }) {
  const { t } = useWords()
  const shown = options.find(([id]) => id === value)?.[1] ?? (value || t('auto.choose'))
  return <Choice label={label} shown={shown} groups={[{ options }]} chosen={[value]} gap={gap} onPick={onPick} />
}

function ValueParts({ condition, offered, onChange }: { condition: Condition; offered: Offered; onChange: (value: unknown) => void }) {
  const { t } = useWords()
  const { field, value } = condition
  const gap = gapsOf(condition).includes('value')
  switch (PREDICATES[keyOfCondition(condition)]) {
    case 'words':
      return <Typed label={t(`auto.${field}`)} value={(value as string[]).join(', ')} gap={gap} long={field === 'text'} onChange={(line) => onChange(wordsIn(line))} />
    case 'number':
      if (field === 'waiting') return <Span label={t('auto.time')} minutes={Number(value)} onChange={onChange} />
      return <Typed label={t('auto.number')} type="number" value={String(value)} gap={gap} onChange={(typed) => typed.trim() && onChange(Number(typed))} />
    case 'hours':
      return <HoursParts hours={value as Hours} onChange={onChange} />
    case 'value':
      return <Typed label={t('auto.value')} value={String(value)} gap={gap} onChange={onChange} />
    case 'ids':
      return <Several chosen={value as string[]} options={optionsOf(field, offered, t)} gap={gap} onChange={onChange} />
    default:
      return <Named label={t('auto.value')} value={String(value)} options={optionsOf(field, offered, t)} gap={gap} onPick={onChange} />
  }
}

export function optionsOf(field: string, offered: Offered, t: (key: string) => string): Options {
  const things = { channel: offered.channel, team: offered.team, assignee: offered.agent }[field]
  return things ?? (CHOICES[field] ?? []).map((one) => [one, t(`value.${field}.${one}`)] as const)
}

function Several({ chosen, options, gap, onChange }: { chosen: string[]; options: Options; gap: boolean; onChange: (chosen: string[]) => void }) {
  const { t } = useWords()
  const names = chosen.map((id) => options.find(([one]) => one === id)?.[1] ?? '?')
  const shown = names.length ? names.reduce((a, b) => t('join.any', { a, b })) : t('auto.choose')
  const toggle = (id: string) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return <Choice label={t('auto.value')} shown={shown} groups={[{ options }]} chosen={chosen} gap={gap} onPick={toggle} />
}

function HoursParts({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const { t } = useWords()
  const { language } = useTexts()
  const days = [0, 1, 2, 3, 4, 5, 6].map((day) => [String(day), t(`day.${day}`)] as const)
  const chosen = hours.days.map(String)
  const shown = new Intl.ListFormat(language, { type: 'unit' }).format(chosen.map((day) => t(`day.${day}`)))
  const toggle = (day: string) => {
    const next = chosen.includes(day) ? chosen.filter((one) => one !== day) : [...chosen, day]
    onChange({ ...hours, days: next.map(Number).sort() })
  }
  return (
    <>
      <Choice label={t('auto.days')} shown={shown || t('auto.choose')} groups={[{ options: days }]} chosen={chosen} gap={!chosen.length} onPick={toggle} />{' '}
      <Typed label={t('auto.from')} type="time" value={hours.start} onChange={(start) => start && onChange({ ...hours, start })} />–
      <Typed label={t('auto.to')} type="time" value={hours.end} onChange={(end) => end && onChange({ ...hours, end })} />{' '}
      <Zone value={hours.time_zone} onChange={(time_zone) => onChange({ ...hours, time_zone })} />
    </>
  )
}

export function Zone({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const { t } = useWords()
  const known = Intl.supportedValuesOf('timeZone')
  return <Typed label={t('auto.timeZone')} value={value} list={known} long onChange={(zone) => (known.includes(zone) || zone === 'UTC') && onChange(zone)} />
}
