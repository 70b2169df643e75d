import { queryOptions } from '@tanstack/react-query'
import { get } from '@/core/api'
import type { Routing, Team } from '@/core/routing'

export const routingQuery = () => queryOptions({ queryKey: ['routing'], queryFn: () => get<Routing>('/routing'), staleTime: 60_000 })

/** The same answer as `teamsQuery`, with everything that the server says of each. */
export const wholeTeamsQuery = () =>
  queryOptions({ queryKey: ['teams'], queryFn: () => get<{ teams: Team[] }>('/teams').then((all) => all.teams), staleTime: 5 * 60_000 })
