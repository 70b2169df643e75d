/** Where in the inbox one is, as an address says it: the view in the path, everything else in the query. */

import type { Mood } from '@goodword/shared/events'
import { SORTS, type Filter, type Sort } from './filter'
import { VIEWS, type View } from './model'

/** What narrows a view, in the order in which it is offered. `field.<key>` are the desk's own fields. */
export const NARROWINGS = ['team', 'channel', 'mood', 'tag', 'priority', 'assignee', 'language', 'waiting', 'status', 'customer'] as const
export type Narrowing = (typeof NARROWINGS)[number]

/** Every value a string; several moods stand with commas between them. `saved` names the saved view it came from. */
export type InboxSearch = Partial<Record<Narrowing | 'q' | 'sort' | 'saved' | `field.${string}`, string>>

const KNOWN = /^(q|sort|saved|team|channel|mood|tag|priority|assignee|language|waiting|status|customer|field\..+)$/

export function searchOf(raw: Record<string, unknown>): InboxSearch {
  const given = Object.entries(raw).filter(([name, value]) => KNOWN.test(name) && value !== undefined && value !== null && value !== '')
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}

export const narrows = (name: string) => KNOWN.test(name) && !['q', 'sort', 'saved'].includes(name)

/** What narrows the view now, as name and value. */
export const narrowed = (search: InboxSearch): [string, string][] =>
  (Object.entries(search) as [string, string][]).filter(([name]) => narrows(name))

/** The address with one thing more, changed or (null) taken away. What was a saved view stays known as one. */
export function withOne(search: InboxSearch, name: string, value: string | null): InboxSearch {
  const { [name as 'tag']: _, ...others } = search
  return value === null || value === '' ? others : { ...others, [name]: value }
}

/** The moods of an address, one more or one less. */
export function toggledMood(moods: string | undefined, mood: string): string {
  const chosen = moods?.split(',').filter(Boolean) ?? []
  return (chosen.includes(mood) ? chosen.filter((one) => one !== mood) : [...chosen, mood]).join(',')
}

/** The same as `matches` takes it and as saved views keep it. */
export function filterOf(view: View, search: InboxSearch): Filter {
  const { q: _, saved: __, mood, waiting, sort, ...rest } = search
  const own = Object.entries(rest).filter(([name]) => name.startsWith('field.'))
  const plain = Object.entries(rest).filter(([name]) => !name.startsWith('field.'))
  return {
    view,
    ...(Object.fromEntries(plain) as Partial<Filter>),
    ...(mood ? { mood: mood.split(',') as Mood[] } : {}),
    ...(waiting ? { waiting: true } : {}),
    ...(sort && sort !== 'newest' && SORTS.includes(sort as Sort) ? { sort: sort as Sort } : {}),
    ...(own.length ? { fields: Object.fromEntries(own.map(([name, value]) => [name.slice('field.'.length), value!])) } : {}),
  }
}

/** The address of a saved filter. */
export function placeOf(filter: Filter, saved?: string): { view: View; search: InboxSearch } {
  const { view, mood, waiting, fields, ...plain } = filter
  const own = Object.entries(fields ?? {}).map(([key, value]) => [`field.${key}`, value] as const)
  return {
    view: view && VIEWS.includes(view) ? view : 'all',
    search: searchOf({
      ...plain,
      ...Object.fromEntries(own),
      ...(mood?.length ? { mood: mood.join(',') } : {}),
      ...(waiting ? { waiting: 'yes' } : {}),
      saved,
    }),
  }
}

/** The query of `GET /search`: it goes over everything, open or not, and keeps of the place what narrows it. */
export function sought(q: string, { sort: _, ...search }: InboxSearch, before: string | null = null): string {
  const query = new URLSearchParams(parameters('all', search, { q, limit: 30, before }))
  query.delete('view')
  return `?${query}`
}

/** The query of `GET /conversations`; a mood stands once for each. */
export function parameters(view: View, search: InboxSearch, more: Record<string, string | number | null> = {}): string {
  const { q: _, saved: __, mood, waiting, ...plain } = search
  const pairs = Object.entries({ view, ...plain, ...more }).filter(([, value]) => value !== null && value !== undefined && value !== '')
  const query = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))
  for (const one of mood?.split(',').filter(Boolean) ?? []) query.append('mood', one)
  if (waiting) query.set('waiting', '1')
  return `?${query}`
}
