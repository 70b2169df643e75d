/** What is asked of the server about rules and macros, and the changes that are made to them. */

import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDesk, useTexts } from '@/app/context'
import { draw } from '@/app/draw'
import { agentsQuery, cannedQuery, channelsQuery, fieldsQuery, teamsQuery } from '@/app/queries'
import { get, patch, post, remove } from '@/core/api'
import type { CustomerName } from '@goodword/shared/events'
import type { Canned, Row } from '@/core/model'
import { draftOf, type Conflict, type Draft, type Macro, type Rule } from './rules'
import { useWords } from './words'

interface Rules {
  rules: Rule[]
  conflicts: Conflict[]
  secret: string
}

export interface DryRun {
  checked: number
  matched: number
  times: number
  since: number
  whole: boolean
  examples: { conversation: Row; touches: { at: number; why: string[] }[]; would: string[] }[]
  conflicts: Conflict[]
}

export interface Doing {
  id: number
  at: number
  conversation_id: string
  number: number
  customer: CustomerName
  outcome: string
  why: string[]
  did: string[]
  trouble: string | null
}

const RULES = ['rules'] as const

export const rulesQuery = (language: string) =>
  queryOptions({ queryKey: [...RULES, language], queryFn: () => get<Rules>('/rules') })

export const logQuery = (id: string) =>
  queryOptions({ queryKey: [...RULES, id, 'log'], queryFn: () => get<{ doings: Doing[] }>(`/rules/${id}/log`).then((all) => all.doings) })

/** The macros with their steps and lines, as the settings show them. */
export const allMacrosQuery = (language: string) =>
  queryOptions({ queryKey: ['macros', 'all', language], queryFn: () => get<{ macros: Macro[] }>('/macros').then((all) => all.macros) })

/** What the menus of a rule offer, by id or key. */
export interface Offered {
  channel: [string, string][]
  team: [string, string][]
  agent: [string, string][]
  canned: [string, string][]
  field: [string, string][]
  customer_field: [string, string][]
}

export function useOffered(): Offered {
  const agents = useQuery(agentsQuery()).data ?? []
  const fields = useQuery(fieldsQuery()).data ?? []
  const named = (all: readonly { id: string; name: string }[] | undefined) => (all ?? []).map(({ id, name }): [string, string] => [id, name])
  return {
    channel: named(useQuery(channelsQuery()).data),
    team: named(useQuery(teamsQuery()).data),
    agent: named(agents.filter((agent) => !agent.disabled)),
    canned: shared(useQuery(cannedQuery()).data).map(({ key }): [string, string] => [key, `/${key}`]),
    field: fields.filter((field) => field.on === 'conversation').map(({ key, label }): [string, string] => [key, label]),
    customer_field: fields.filter((field) => field.on === 'customer').map(({ key, label }): [string, string] => [key, label]),
  }
}

/** What a rule or macro may say: nobody's own. */
const shared = (canned: readonly Canned[] = []) => canned.filter((one) => one.scope !== 'mine')

export const tryOut = (draft: Draft, id: string, days: number) => post<DryRun>('/rules/dry-run', { rule: { ...draft, id }, days })

/** What may be done to rules: told at once, with Undo. */
export function useRuleDeeds() {
  const { t } = useWords()
  const desk = useDesk()
  const client = useQueryClient()
  const { language } = useTexts()
  const again = () => client.invalidateQueries({ queryKey: RULES })
  const drawn = (change: (rules: Rule[]) => Rule[]) =>
    draw<Rules>(client, rulesQuery(language).queryKey, (old) => ({ ...old, rules: change(old.rules) }))
  const attempt = (deed: () => Promise<unknown>) => desk.attempt(deed).finally(again)
  const change = async (rule: Rule, to: Partial<Rule>, said: string | null) => {
    drawn((rules) => rules.map((one) => (one.id === rule.id ? { ...one, ...to } : one)))
    const done = await attempt(() => patch(`/rules/${rule.id}`, to))
    if (!done || !said) return
    const back = Object.fromEntries(Object.keys(to).map((key) => [key, rule[key as keyof Rule]]))
    desk.say(t(said, { name: to.name ?? rule.name }), { undo: () => void change(rule, back, null) })
  }
  return {
    change,
    add: (draft: Draft) => attempt(() => post('/rules', draft)),
    move: (rule: Rule, position: number) => change(rule, { position }, null),
    drop: async (rule: Rule) => {
      drawn((rules) => rules.filter((one) => one.id !== rule.id))
      const bring = () => attempt(() => post('/rules', { ...draftOf(rule), enabled: rule.enabled }))
      if (await attempt(() => remove(`/rules/${rule.id}`))) desk.say(t('auto.removed', { name: rule.name }), { undo: () => void bring() })
    },
  }
}

export function useMacroDeeds() {
  const { t } = useWords()
  const desk = useDesk()
  const client = useQueryClient()
  const attempt = (deed: () => Promise<unknown>) => desk.attempt(deed).finally(() => client.invalidateQueries({ queryKey: ['macros'] }))
  const change = async (macro: Macro, to: Partial<Macro>, quietly = false) => {
    if (!(await attempt(() => patch(`/macros/${macro.id}`, to))) || quietly) return
    const back = Object.fromEntries(Object.keys(to).map((key) => [key, macro[key as keyof Macro]]))
    desk.say(t('auto.changed', { name: to.name ?? macro.name }), { undo: () => void change(macro, back, true) })
  }
  return {
    change,
    add: (macro: Pick<Macro, 'name' | 'scope' | 'team_id' | 'steps'>) => attempt(() => post('/macros', macro)),
    drop: async (macro: Macro) => {
      const { name, scope, team_id, steps } = macro
      const bring = () => attempt(() => post('/macros', { name, scope, team_id, steps }))
      if (await attempt(() => remove(`/macros/${macro.id}`))) desk.say(t('auto.removed', { name }), { undo: () => void bring() })
    },
  }
}
