/** What the palette offers: what is open now, every place, every colleague, any conversation. */

import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useLayoutEffect, useState } from 'react'
import { nameOf } from '@/conversations/RowLine'
import { query } from '@/core/api'
import { myBindings } from '@/core/bindings'
import type { Command } from '@/core/keys'
import { VIEWS, type Row } from '@/core/model'
import { placeOf, type InboxSearch } from '@/core/place'
import { SECTIONS } from '@/settings/sections'
import { listens, run } from './commands'
import { useDesk, useStore, useTexts } from './context'
import { paletteActions, type PaletteAction } from './paletteActions'
import { agentsQuery, viewsQuery } from './queries'

export interface Entry {
  id: string
  words: string
  detail?: string | undefined
  language?: string | undefined
  keys?: string | undefined
  /** Not worth remembering. */
  passing?: boolean
  act: () => void
}

const DEEDS: Command[] = ['reply', 'note', 'done', 'snooze', 'assign', 'takeOver', 'priority', 'macros', 'recipients', 'forward', 'newConversation', 'markRead', 'markUnread', 'spam', 'neediest', 'search', 'selectAll', 'showNewer', 'undo', 'help']
const GROUPS: PaletteAction['group'][] = ['selection', 'conversation', 'list', 'go', 'everywhere']

/** Known at once, without asking anybody. */
export function useFixed(): Entry[] {
  const { t } = useTexts()
  const desk = useDesk()
  const navigate = useNavigate()
  const views = useQuery(viewsQuery()).data ?? []
  const agents = useQuery(agentsQuery()).data ?? []
  const [offered, offer] = useState<PaletteAction[]>([])
  useLayoutEffect(() => offer(paletteActions().sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group))), [])
  const [deeds] = useState(() => DEEDS.filter(listens))
  const keys = myBindings()

  const to = (view: (typeof VIEWS)[number], search: InboxSearch) => () => void navigate({ to: '/inbox/$view', params: { view }, search })
  const place = (id: string, name: string, act: () => void): Entry => ({ id, words: t('palette.go', { place: name }), act })
  const said = new Set(offered.map(({ title }) => title))
  const own = deeds.map((command): Entry => ({ id: command, words: t(`key.${command}`), keys: keys[command], act: () => void run(command) }))
  const from = (wanted: (one: PaletteAction) => boolean) =>
    offered.filter(wanted).map((one): Entry => ({ id: one.id, words: one.title, keys: one.keys, act: one.run }))
  return [
    ...from(({ group }) => group === 'selection'),
    ...own.filter(({ id, words }) => !said.has(words) && !offered.some((one) => one.id === id)),
    ...from(({ group }) => group !== 'selection'),
    ...VIEWS.map((view) => place(`view-${view}`, t(`view.${view}`), to(view, {}))),
    ...views.map((one) => {
      const { view, search } = placeOf(one.filter, one.id)
      return place(one.id, one.name, to(view, search))
    }),
    place('knowledge', t('rail.knowledge'), () => void navigate({ to: '/knowledge' })),
    place('team', t('rail.team'), () => void navigate({ to: '/team' })),
    ...SECTIONS.filter(({ right }) => right === null || desk.me.rights.includes(right)).map(({ id }) =>
      place(`settings-${id}`, `${t('rail.settings')}: ${t(`settings.${id}`)}`, () => void navigate({ to: '/settings/$section', params: { section: id } })),
    ),
    ...agents.map((agent): Entry => ({
      id: agent.id,
      words: t('palette.colleague', { name: agent.name }),
      detail: t(`availability.${agent.online ? agent.availability : 'offline'}`),
      act: to('all', { assignee: agent.id }),
    })),
  ]
}

/** Conversations: those opened from here lately, the one of a number, and what the server finds by name or words. */
export function useConversations(words: string, recent: readonly string[]): Record<'recent' | 'numbered' | 'found', Entry[]> {
  const desk = useDesk()
  const { t } = useTexts()
  const navigate = useNavigate()
  const rows = useStore(desk.inbox).rows
  const q = useDeferredValue(words)
  const found = useQuery({
    queryKey: ['inbox', 'palette', q],
    queryFn: async ({ signal }) => {
      const [open, closed] = await Promise.all(
        ['all', 'closed'].map((view) => desk.page(`/conversations${query({ view, q, limit: 6 })}`, signal)),
      )
      return [...open!.conversations, ...closed!.conversations]
    },
    enabled: q.length > 1,
    placeholderData: (old) => old,
    staleTime: 10_000,
  })
  const entry = (row: Row): Entry => ({
    id: row.id,
    words: `${nameOf(row, t('customer.anonymous'))} #${row.number}`,
    detail: row.preview?.text,
    language: row.language ?? undefined,
    act: () => void navigate({ to: '/inbox/$view/$id', params: { view: row.status === 'closed' ? 'closed' : 'all', id: row.id } }),
  })
  const number = /^#?(\d+)$/.exec(words)?.[1]
  const hits = words.length < 2 ? [] : (found.data ?? [])
  const numbered = number ? [...hits, ...rows.values()].find((row) => String(row.number) === number) : undefined
  const lately = recent.flatMap((id) => rows.get(id) ?? [])
  const others = hits.filter((row) => row.id !== numbered?.id && !lately.some(({ id }) => id === row.id))
  return {
    recent: lately.filter((row) => row.id !== numbered?.id).map(entry),
    numbered: numbered ? [entry(numbered)] : [],
    found: [...new Map(others.map((row) => [row.id, row])).values()].map(entry),
  }
}

/** The words, taken to the search over everything. */
export function useSearching(words: string): Entry[] {
  const { t } = useTexts()
  const navigate = useNavigate()
  if (words.length < 2) return []
  const act = () => void navigate({ to: '/inbox/$view', params: { view: 'all' }, search: { q: words } })
  return [{ id: 'search-everything', words: t('palette.search', { words }), act, passing: true }]
}
