/** The wall as it is shown: what the server tells, put into words and order. */

import type { Row } from './model'

export type NeedKind = 'abusive' | 'very_upset' | 'angry' | 'waiting' | 'nobody'

export interface Need {
  kind: NeedKind
  /** How long the customer has waited. */
  minutes: number
}

export interface Tile {
  conversation: Row
  /** 0 calm to 3 very upset. */
  heat: number
  needs: Need[]
  quote: { text: string; language: string | null; at: number } | null
}

export interface AgentAtWork {
  id: string
  name: string
  availability: 'available' | 'away' | 'offline'
  online: boolean
  load: number
  max_load: number
  heated: number
  paused_until: number | null
}

export interface WallNow {
  at: number
  /** Times in milliseconds. */
  figures: {
    waiting: number
    longest_wait: number | null
    first_reply: number | null
    answered: number
    by_assistant: number
    closed: number
    rated: number
    rating: number | null
  }
  tiles: Tile[]
  needs_you: string[]
  agents: AgentAtWork[]
}

/** A span in the two largest units that matter: `42 s`, `4 min`, `1 h 20 min`, written as the language does. */
export function span(ms: number, language: string): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return unit(seconds, 'second', language)
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return unit(minutes, 'minute', language)
  const hours = unit(Math.floor(minutes / 60), 'hour', language)
  return minutes % 60 ? `${hours} ${unit(minutes % 60, 'minute', language)}` : hours
}

function unit(count: number, name: 'second' | 'minute' | 'hour', language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(count)
}

/** Whole percents, or null where there is nothing to share. */
export function share(part: number, whole: number): number | null {
  return whole > 0 ? Math.round((100 * part) / whole) : null
}

/** Who is there, those with the most heat and the fullest hands first; then those who rest, then the others. */
export function byLoad(agents: readonly AgentAtWork[]): AgentAtWork[] {
  const rank = (one: AgentAtWork) => (one.paused_until ? 1 : one.online && one.availability === 'available' ? 0 : one.online ? 2 : 3)
  const full = (one: AgentAtWork) => one.load / Math.max(1, one.max_load)
  return [...agents].sort((a, b) => rank(a) - rank(b) || b.heated - a.heated || full(b) - full(a) || a.name.localeCompare(b.name))
}
