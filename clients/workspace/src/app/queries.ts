/** What is fetched and kept by TanStack Query, each with its key in one place. */

import { queryOptions } from '@tanstack/react-query'
import { get, query } from '@/core/api'
import type { Macro, MacroPreview } from '@/core/macros'
import type { Agent, ApiToken, Article, ArticleRow, Canned, Channel, ChannelKind, Field, Me, Passage, SavedView, Slices, Trace } from '@/core/model'
import type { Standing } from '@/core/shifts'
import type { Named } from '@goodword/shared/events'
import type { Desk } from './desk'

const STEADY = 5 * 60_000

export const meQuery = () => queryOptions({ queryKey: ['me'], queryFn: () => get<Me>('/me'), staleTime: Infinity, retry: false })

export const conversationQuery = (desk: Desk, id: string) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: ({ signal }) => desk.conversation(id, signal),
    staleTime: Infinity,
    gcTime: 10 * 60_000,
  })

export const agentsQuery = () =>
  queryOptions({ queryKey: ['agents'], queryFn: () => get<{ agents: Agent[] }>('/agents').then((all) => all.agents), staleTime: 60_000 })

/** Whether it is my shift: asked for now and then, because shifts begin and end by themselves. */
export const dutyQuery = () =>
  queryOptions({ queryKey: ['agents', 'me', 'duty'], queryFn: () => get<Standing>('/me/duty'), staleTime: 60_000, refetchInterval: 5 * 60_000 })

export const teamsQuery = () =>
  queryOptions({ queryKey: ['teams'], queryFn: () => get<{ teams: Named[] }>('/teams').then((all) => all.teams), staleTime: STEADY })

export const cannedQuery = () =>
  queryOptions({ queryKey: ['canned'], queryFn: () => get<{ canned: Canned[] }>('/canned').then((all) => all.canned), staleTime: STEADY })

export const traceQuery = (id: string, message: string) =>
  queryOptions({
    queryKey: ['trace', id, message],
    queryFn: () => get<Trace>(`/conversations/${id}/messages/${message}/trace`),
    staleTime: Infinity,
  })

export const articlesQuery = (filter: { language?: string; status?: string; q?: string }) =>
  queryOptions({
    queryKey: ['articles', filter],
    queryFn: () => get<{ articles: ArticleRow[] }>(`/knowledge/articles${query(filter)}`).then((all) => all.articles),
    staleTime: 60_000,
  })

export const articleQuery = (id: string, language: string | undefined) =>
  queryOptions({ queryKey: ['articles', id, language], queryFn: () => get<Article>(`/knowledge/articles/${id}${query({ language })}`) })

export const passagesQuery = (q: string, language: string) =>
  queryOptions({
    queryKey: ['passages', q, language],
    queryFn: ({ signal }) =>
      get<{ results: Passage[] }>(`/knowledge/search${query({ q, language, top: 8 })}`, signal).then((all) => all.results),
    staleTime: 60_000,
  })

export const channelsQuery = () =>
  queryOptions({ queryKey: ['channels'], queryFn: () => get<{ channels: Channel[] }>('/channels').then((all) => all.channels), staleTime: STEADY })

export const kindsQuery = () =>
  queryOptions({ queryKey: ['kinds'], queryFn: () => get<{ kinds: ChannelKind[] }>('/channels/kinds').then((all) => all.kinds), staleTime: STEADY })

export const tokensQuery = () =>
  queryOptions({ queryKey: ['tokens'], queryFn: () => get<{ tokens: ApiToken[] }>('/tokens').then((all) => all.tokens) })

export const viewsQuery = () =>
  queryOptions({ queryKey: ['views'], queryFn: () => get<{ views: SavedView[] }>('/views').then((all) => all.views), staleTime: 60_000 })

export const slicesQuery = () => queryOptions({ queryKey: ['views', 'slices'], queryFn: () => get<Slices>('/conversations/counts'), staleTime: 30_000 })

export const fieldsQuery = () =>
  queryOptions({ queryKey: ['fields'], queryFn: () => get<{ fields: Field[] }>('/fields').then((all) => all.fields), staleTime: STEADY })

export const macrosQuery = () =>
  queryOptions({ queryKey: ['macros'], queryFn: () => get<{ macros: Macro[] }>('/macros').then((all) => all.macros), staleTime: STEADY })

export const macroPreviewQuery = (id: string, macro: string) =>
  queryOptions({
    queryKey: ['macros', 'preview', id, macro],
    queryFn: ({ signal }) => get<MacroPreview>(`/conversations/${id}/macros/${macro}/preview`, signal),
    staleTime: 10_000,
  })
