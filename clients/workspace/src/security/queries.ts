/** What the screens of security and of one's own account ask the server. */

import { queryOptions } from '@tanstack/react-query'
import { get, query } from '@/core/api'
import type { Actor } from '@goodword/shared/events'

export interface RoleLine {
  id: string
  /** Empty where the role is built in. */
  name: string
  built_in: boolean
  rights: string[]
  agents: number
}

export interface Roles {
  roles: RoleLine[]
  /** All rights that there are. */
  rights: string[]
}

export interface Provider {
  issuer: string
  client_id: string
  has_secret: boolean
  domains: string[]
  newcomers: string | null
  button: string
}

export interface Policy {
  two_factor_roles: string[]
  provider: Provider | null
}

export interface TwoFactor {
  on: boolean
  since: number | null
  recovery_codes_left: number
  required: boolean
}

export interface Enrolment {
  secret: string
  address: string
  /** A QR code as SVG. */
  picture: string
}

export interface Session {
  id: string
  browser: string
  address: string
  created_at: number
  last_seen_at: number
  current: boolean
}

export interface Entry {
  seq: number
  at: number
  type: string
  actor: Actor
  stream: string
  data: Record<string, unknown>
}

export interface Trouble {
  kind: string
  position: number
  seq: number | null
}

export interface Chain {
  head: string
  linked: number
  waiting: number
  last: { at: number; checked: number; trouble: Trouble | null } | null
}

export interface AuditFilter {
  kind: string
  person: string
  from: string
  to: string
}

export const rolesQuery = () => queryOptions({ queryKey: ['roles'], queryFn: () => get<Roles>('/roles'), staleTime: 60_000 })

export const policyQuery = () => queryOptions({ queryKey: ['security'], queryFn: () => get<Policy>('/security') })

export const twoFactorQuery = () => queryOptions({ queryKey: ['two-factor'], queryFn: () => get<TwoFactor>('/me/two-factor') })

export const sessionsQuery = () =>
  queryOptions({ queryKey: ['sessions'], queryFn: () => get<{ sessions: Session[] }>('/me/sessions').then((all) => all.sessions) })

export const chainQuery = () => queryOptions({ queryKey: ['audit', 'chain'], queryFn: () => get<Chain>('/audit/chain'), refetchInterval: 5_000 })

/** What the server is asked for: days as this browser's midnights. */
export const asked = ({ kind, person, from, to }: AuditFilter) => ({
  kind,
  person,
  from: from ? new Date(`${from}T00:00`).getTime() : null,
  to: to ? new Date(`${to}T24:00`).getTime() : null,
})

export const entriesPage = (filter: AuditFilter, before: number | null) =>
  get<{ entries: Entry[]; next: number | null; kinds: string[] }>(`/audit${query({ ...asked(filter), before })}`)

/** A role as people call it. */
export const roleName = (role: { id: string; name: string }, t: (key: string) => string) => role.name || t(`role.${role.id}`)

