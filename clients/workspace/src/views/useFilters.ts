/** What each thing that narrows a view may be, by id and by name; null where anything may be written. */

import { useQuery } from '@tanstack/react-query'
import { useDesk, useStore, useTexts } from '@/app/context'
import { agentsQuery, channelsQuery, fieldsQuery, teamsQuery } from '@/app/queries'
import { MOODS, PRIORITIES } from '@/core/model'
import { NARROWINGS } from '@/core/place'
import { LANGUAGES, nameIn } from '@/core/texts'

export interface Choice {
  value: string
  name: string
}

export interface Narrowed {
  /** As in the address: `team`, `field.order`. */
  name: string
  title: string
  choices: Choice[] | null
  /** What may be written, as far as it is known. */
  known?: string[]
  type?: 'text' | 'number' | 'date'
}

const STATUSES = ['open', 'waiting', 'snoozed', 'closed']

export function useFilters(): Narrowed[] {
  const { t, language } = useTexts()
  const desk = useDesk()
  const rows = [...useStore(desk.inbox).rows.values()]
  const teams = useQuery(teamsQuery()).data ?? []
  const agents = useQuery(agentsQuery()).data ?? []
  const channels = useQuery(channelsQuery()).data ?? []
  const fields = useQuery(fieldsQuery()).data ?? []
  const named = (all: { id: string; name: string }[]) => all.map(({ id, name }) => ({ value: id, name }))
  const said = (space: string, values: readonly string[]) => values.map((value) => ({ value, name: t(`${space}.${value}`) }))
  const spoken = [...new Set([...LANGUAGES, ...rows.flatMap((row) => row.language ?? [])])]
  const tags = [...new Set(rows.flatMap((row) => row.tags))].sort()
  const others = agents.filter((agent) => agent.id !== desk.me.id)

  const choices: Partial<Record<string, Choice[]>> = {
    team: [...named(teams), { value: 'none', name: t('filter.noTeam') }],
    channel: named(channels),
    mood: said('mood', MOODS),
    priority: said('priority', [...PRIORITIES].reverse()),
    assignee: [{ value: 'me', name: t('assign.me') }, ...named(others), { value: 'none', name: t('filter.nobody') }],
    language: spoken.map((value) => ({ value, name: nameIn(language, value) })),
    waiting: [{ value: 'yes', name: t('filter.yes') }],
    status: said('status', STATUSES),
    customer: named([...new Map(rows.map((row) => [row.customer.id, row.customer])).values()]),
  }
  const usual = NARROWINGS.map((name): Narrowed => ({ name, title: t(`filter.${name}`), choices: choices[name] ?? null, known: tags }))
  const own = fields.filter((field) => field.on === 'conversation').map((field): Narrowed => {
    const name = `field.${field.key}`
    if (field.kind === 'choice') return { name, title: field.label, choices: field.options.map((value) => ({ value, name: value })) }
    if (field.kind === 'checkbox') return { name, title: field.label, choices: ['true', 'false'].map((value) => ({ value, name: t(`filter.${value}`) })) }
    return { name, title: field.label, choices: null, type: field.kind }
  })
  return [...usual, ...own]
}
