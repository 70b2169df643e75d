/** What channels say of themselves, and what has come in by them. */

import { queryOptions } from '@tanstack/react-query'
import type { Named, Party } from '@goodword/shared/events'
import { get, query } from '@/core/api'

export const STATES = ['quarantined', 'aside', 'waiting'] as const
export type ArrivalState = (typeof STATES)[number]

/** Something that came in. `reason`: why it is no message, as a word of the catalogue; `detail` in a machine's words. */
export interface Arrival {
  id: string
  channel: Named
  at: number
  size: number
  state: ArrivalState | 'taken' | 'dropped'
  reason: string
  detail: string
  /** A person has put other bytes in its place. */
  mended: boolean
  from: string
  subject: string
  conversation_id: string | null
}

export interface Arrivals {
  arrivals: Arrival[]
  counts: Record<ArrivalState, number>
}

/** `view`: its beginning as text; it is `cut` where that is not all. */
export interface WholeArrival {
  arrival: Arrival
  view: string
  cut: boolean
}

export interface WholeLetter {
  html: string
  text: string
  subject: string
  from: Party | null
  to: Party[]
  cc: Party[]
  date: number | null
  headers: [string, string][]
  /** Pictures that lie elsewhere: whoever wrote the letter would learn that they were looked at. */
  remote_images: number
}

export interface Way {
  ok_at: number | null
  failed_at: number | null
  reason: string
  detail: string
  backlog: number
  /** How many the other side wouldn't hand over; they are asked for again. */
  left_behind: number
}

export interface Health {
  in: Way
  out: Way
  waiting: number
  quarantined: number
  aside: number
  queued: number
  deferred: number
  failed_today: number
}

const OFTEN = 5_000

export const arrivalsQuery = (state: ArrivalState) =>
  queryOptions({
    queryKey: ['arrivals', state],
    queryFn: ({ signal }) => get<Arrivals>(`/arrivals${query({ state })}`, signal),
    refetchInterval: OFTEN,
  })

export const arrivalQuery = (id: string) =>
  queryOptions({
    queryKey: ['arrivals', 'one', id],
    queryFn: ({ signal }) => get<WholeArrival>(`/arrivals/${id}`, signal),
    // It is being read: in a moment it is something else.
    refetchInterval: ({ state }) => (state.data?.arrival.state === 'waiting' ? 1_000 : false),
  })

export const letterQuery = (arrival: string) =>
  queryOptions({ queryKey: ['letters', arrival], queryFn: () => get<WholeLetter>(`/arrivals/${arrival}/letter`), staleTime: Infinity })

export const healthQuery = (channel: string) =>
  queryOptions({
    queryKey: ['channels', channel, 'health'],
    queryFn: ({ signal }) => get<Health>(`/channels/${channel}/health`, signal),
    refetchInterval: OFTEN,
  })
