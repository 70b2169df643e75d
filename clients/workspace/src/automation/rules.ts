/** Rules and macros as the server keeps them, and how a sentence about them is put together from parts. No React. */

import { MOODS, type Scope } from '@/core/model'

export type Value = string | number | boolean

export interface When {
  event: string
  minutes?: number
  /** One tag or one own field that it must be about. */
  about?: string
}

export interface Hours {
  time_zone: string
  days: number[]
  start: string
  end: string
}

export interface Condition {
  field: string
  op: string
  value?: unknown
  key?: string
}

export interface Step {
  do: string
  canned?: string
  texts?: Record<string, string>
  text?: string
  tags?: string[]
  agent?: string | null
  team?: string
  priority?: string
  key?: string
  value?: Value | null
  minutes?: number
  morning?: string
  time_zone?: string
  on?: boolean
  url?: string
}

export interface Draft {
  name: string
  when: When
  conditions: Condition[]
  any: boolean
  steps: Step[]
  stop: boolean
}

export interface Rule extends Draft {
  id: string
  enabled: boolean
  position: number
  /** All of it in the reader's language. */
  sentence: string
  /** In the last thirty days. */
  times: number
  last_at: number | null
  /** It names a team that is no more. */
  gone: boolean
}

export interface Conflict {
  rules: [string, string]
  about: string
  sentence: string
}

export interface Macro {
  id: string
  name: string
  scope: Scope
  team_id: string | null
  mine: boolean
  steps: Step[]
  lines: string[]
}

export const HAPPENINGS = [
  'opened', 'customer_wrote', 'waiting', 'silent', 'agent_replied', 'assistant_replied', 'handed_over', 'assigned', 'noted',
  'closed', 'reopened', 'snoozed', 'woke', 'tagged', 'tagged.about', 'untagged', 'untagged.about', 'priority_changed',
  'field_set', 'field_set.about', 'rated', 'marked_spam',
] as const

export type Kind = '' | 'words' | 'ids' | 'number' | 'value' | 'priority' | 'mood' | 'hours'

const QUESTIONS: Record<string, Record<string, Kind>> = {
  text: { any: 'words', all: 'words', none: 'words' },
  channel: { is: 'ids', not: 'ids' },
  language: { is: 'ids', not: 'ids' },
  customer: { known: '', unknown: '' },
  customer_field: { is: 'value', not: 'value', set: '', empty: '' },
  mood: { least: 'mood' },
  waiting: { least: 'number' },
  messages: { least: 'number', most: 'number' },
  rating: { least: 'number', most: 'number' },
  hours: { inside: 'hours', outside: 'hours' },
  tag: { any: 'words', none: 'words' },
  status: { is: 'ids' },
  handler: { is: 'ids' },
  assignee: { is: 'ids', nobody: '' },
  team: { is: 'ids', not: 'ids' },
  priority: { is: 'ids', least: 'priority' },
  field: { is: 'value', not: 'value', least: 'number', most: 'number', set: '', empty: '' },
  actor: { is: 'ids', not: 'ids' },
  before: { is: 'ids' },
}

/** What may be asked (`field.op`), and the kind of value that each question takes. The same as the server's. */
export const PREDICATES: Record<string, Kind> = Object.fromEntries(
  Object.entries(QUESTIONS).flatMap(([field, ops]) => Object.entries(ops).map(([op, kind]) => [`${field}.${op}`, kind])),
)

/** What can be done; its words stand under `do.` with a dot in place of the slash. */
export const STEPS = [
  'reply', 'reply/canned', 'note', 'tag', 'untag', 'assign', 'assign/trigger', 'assign/nobody', 'team', 'priority', 'field',
  'field/empty', 'snooze', 'snooze/morning', 'close', 'reopen', 'hand_over', 'give_back', 'ask_rating', 'spam', 'spam/off', 'webhook',
] as const

export const CHOICES: Record<string, readonly string[]> = {
  language: ['en', 'fr', 'ko', 'zh-Hans', 'zh-Hant'],
  status: ['open', 'waiting', 'snoozed', 'closed'],
  handler: ['assistant', 'queue', 'agent', 'nobody'],
  priority: ['low', 'normal', 'high', 'urgent'],
  mood: MOODS,
  actor: ['customer', 'agent', 'assistant', 'system'],
  before: ['customer', 'agent', 'assistant'],
}

const OFFICE: Omit<Hours, 'time_zone'> = { days: [0, 1, 2, 3, 4], start: '09:00', end: '18:00' }
const FIRST_MINUTES: Record<string, number> = { waiting: 10, silent: 3 * 24 * 60 }

/** A text taken apart: what stands there as it is, and the slots that something is put into. */
export function parts(template: string): ({ text: string } | { slot: string })[] {
  return template.split(/(\{\w+\})/).filter(Boolean).map((one) => (/^\{\w+\}$/.test(one) ? { slot: one.slice(1, -1) } : { text: one }))
}

/** Which of `HAPPENINGS` it is. */
export const keyOfWhen = (when: When) => (when.about !== undefined ? `${when.event}.about` : when.event)

export function whenOf(key: string): When {
  const [event = '', about] = key.split('.')
  if (about) return { event, about: '' }
  const minutes = FIRST_MINUTES[event]
  return minutes ? { event, minutes } : { event }
}

export const keyOfCondition = (condition: Condition) => `${condition.field}.${condition.op}`

/** A question of another kind; what can be kept of the old one is kept. */
export function conditionOf(key: string, timeZone: string, old?: Condition): Condition {
  const [field = '', op = ''] = key.split('.')
  const kind = PREDICATES[key] ?? ''
  const keyed = field === 'field' || field === 'customer_field'
  const own = keyed ? { key: old?.field === field ? (old.key ?? '') : '' } : {}
  if (kind === '') return { field, op, ...own }
  const same = old && old.field === field && PREDICATES[keyOfCondition(old)] === kind
  return { field, op, ...own, value: same ? old.value : blankValue(kind, field, timeZone) }
}

function blankValue(kind: Kind, field: string, timeZone: string): unknown {
  if (kind === 'hours') return { time_zone: timeZone, ...OFFICE }
  if (kind === 'priority') return 'high'
  if (kind === 'mood') return 'angry'
  if (kind === 'number') return { waiting: 10, messages: 3, rating: 2 }[field] ?? 1
  return kind === 'value' ? '' : []
}

/** Where the words of a step stand. */
export const wordsOfStep = (key: string) => `do.${key.replace('/', '.')}`

/** Which of `STEPS` it is. */
export function keyOfStep(step: Step): string {
  switch (step.do) {
    case 'reply':
      return step.canned !== undefined && step.canned !== '' ? 'reply/canned' : step.texts ? 'reply' : 'reply/canned'
    case 'assign':
      return step.agent === 'trigger' ? 'assign/trigger' : step.agent == null ? 'assign/nobody' : 'assign'
    case 'field':
      return step.value == null ? 'field/empty' : 'field'
    case 'snooze':
      return step.morning !== undefined ? 'snooze/morning' : 'snooze'
    case 'spam':
      return step.on === false ? 'spam/off' : 'spam'
    default:
      return step.do
  }
}

export function stepOf(key: string, timeZone: string): Step {
  switch (key) {
    case 'reply':
      return { do: 'reply', texts: {} }
    case 'reply/canned':
      return { do: 'reply', canned: '' }
    case 'note':
      return { do: 'note', text: '' }
    case 'tag':
    case 'untag':
      return { do: key, tags: [] }
    case 'assign':
      return { do: 'assign', agent: '' }
    case 'assign/trigger':
      return { do: 'assign', agent: 'trigger' }
    case 'team':
      return { do: 'team', team: '' }
    case 'priority':
      return { do: 'priority', priority: 'high' }
    case 'field':
      return { do: 'field', key: '', value: '' }
    case 'field/empty':
      return { do: 'field', key: '' }
    case 'snooze':
      return { do: 'snooze', minutes: 24 * 60 }
    case 'snooze/morning':
      return { do: 'snooze', morning: '09:00', time_zone: timeZone }
    case 'spam/off':
      return { do: 'spam', on: false }
    case 'webhook':
      return { do: 'webhook', url: '' }
    default:
      return { do: key.split('/')[0]! }
  }
}

const filled = (value: unknown) => value !== '' && value !== undefined && (!Array.isArray(value) || value.length > 0)

/** What is not filled in yet: the slots of the condition. */
export function gapsOf(condition: Condition): string[] {
  const kind = PREDICATES[keyOfCondition(condition)]
  const gaps = condition.key === '' ? ['key'] : []
  if (kind === 'hours' && !(condition.value as Hours).days.length) return [...gaps, 'value']
  return kind === '' || filled(condition.value) ? gaps : [...gaps, 'value']
}

export function gapsOfStep(step: Step): string[] {
  switch (keyOfStep(step)) {
    case 'reply':
      return Object.values(step.texts ?? {}).some((text) => text.trim()) ? [] : ['value']
    case 'reply/canned':
      return filled(step.canned) ? [] : ['value']
    case 'note':
      return step.text?.trim() ? [] : ['value']
    case 'tag':
    case 'untag':
      return filled(step.tags) ? [] : ['value']
    case 'assign':
      return filled(step.agent) ? [] : ['value']
    case 'team':
      return filled(step.team) ? [] : ['value']
    case 'field':
      return [...(step.key ? [] : ['key']), ...(filled(step.value) ? [] : ['value'])]
    case 'field/empty':
      return step.key ? [] : ['key']
    case 'webhook':
      return /^https?:\/\/[^\s/]+/.test(step.url ?? '') ? [] : ['value']
    default:
      return []
  }
}

/** Whether it can be kept as it is. */
export function isWhole(draft: Pick<Draft, 'when' | 'conditions' | 'steps'>): boolean {
  return draft.when.about !== '' && draft.steps.length > 0 && !draft.conditions.some((one) => gapsOf(one).length) && !draft.steps.some((one) => gapsOfStep(one).length)
}

/** Words and tags as they are typed in one line, with commas of whatever script between them. */
export const wordsIn = (line: string) => [...new Set(line.split(/[,，、;；]/).map((one) => one.trim()).filter(Boolean))]

export const draftOf = ({ name, when, conditions, any, steps, stop }: Draft): Draft => ({ name, when, conditions, any, steps, stop })

export const newRule = (name: string): Draft => ({
  name,
  when: { event: 'customer_wrote' },
  conditions: [{ field: 'text', op: 'any', value: [] }],
  any: false,
  steps: [{ do: 'tag', tags: [] }],
  stop: false,
})

/** A span of minutes in the largest unit that fits it. */
export function spanOf(minutes: number): { count: number; unit: 'minutes' | 'hours' | 'days' } {
  if (minutes % 1440 === 0) return { count: minutes / 1440, unit: 'days' }
  return minutes % 60 === 0 ? { count: minutes / 60, unit: 'hours' } : { count: minutes, unit: 'minutes' }
}

export const UNITS = { minutes: 1, hours: 60, days: 1440 } as const
