/** How this desk gives out its conversations, as the server keeps it. Times in minutes unless the name says otherwise. */

import type { Shifts, Span, Standing } from './shifts'

export type Strategy = 'least_loaded' | 'round_robin'

export interface Skill {
  name: string
  must: boolean
}

export interface ChannelRule {
  team_id: string | null
  skill: string | null
}

export const AHEAD = ['vip', 'plus', 'urgent', 'high', 'low'] as const

export interface RoutingSettings {
  strategy: Strategy
  skills: Skill[]
  /** The skill that a tag asks for. */
  tags: Record<string, string>
  /** By the channel's id. */
  channels: Record<string, ChannelRule>
  any_language: boolean
  skill_minutes: number
  last_agent_days: number
  last_agent_minutes: number
  return_new_minutes: number
  return_begun_minutes: number
  ahead: Record<string, number>
  timezone: string
  opening: Shifts | null
}

export interface Routing {
  settings: RoutingSettings
  /** When the desk opens next; null: it is open, or nobody has shifts. */
  opens_at: number | null
}

export interface Team {
  id: string
  name: string
  members: string[]
  strategy: Strategy
  overflow_minutes: number | null
  overflow_to: string | null
  any_language: boolean
  shifts: Shifts | null
}

/** What may be given to an agent. */
export interface Duty {
  skills: string[]
  channel_loads: Record<string, number>
  shifts: Shifts | null
}

/** A text with places for controls: `[["", "days"], …]`, each piece of text and the name of what follows it. */
export function pieces(text: string): { words: string; slot: string | null }[] {
  const parts = text.split(/\{(\w+)\}/)
  const found = []
  for (let at = 0; at < parts.length; at += 2) found.push({ words: parts[at]!, slot: parts[at + 1] ?? null })
  return found
}

/** Skills from what somebody typed: one spelling each, as the server folds them. */
export const labelsOf = (text: string) => [
  ...new Set(text.split(/[,;、，]/).map((label) => label.trim().replace(/\s+/g, ' ').toLowerCase()).filter(Boolean)),
]

export type { Shifts, Span, Standing }
