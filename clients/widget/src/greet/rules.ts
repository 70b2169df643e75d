/** A word to a visitor who hasn't asked, and when it may be said. */
export interface Rule {
  id: string
  text: string
  /** Path patterns in which `*` stands for anything; none means every page. */
  pages: string[]
  seconds: number
  /** Hundredths of the page that have been seen. */
  scroll: number
  /** From which visit on. */
  visits: number
  /** Also while nobody is there. */
  always: boolean
  /** Days of peace after it was dismissed. */
  quiet_days: number
}

/** What is known of the moment. */
export interface Moment {
  path: string
  seconds: number
  scroll: number
  visits: number
  available: boolean
  /** Whether the visitor is in the middle of something: the chat is open, or he is writing. */
  busy: boolean
  /** Whether one was shown to him in this visit. */
  greeted: boolean
  /** When each was dismissed, by id. */
  dismissed: Record<string, number>
  now: number
}

const DAY = 86_400_000

/** The first of the rules that may speak now, in the order in which they were written. */
export function greetingFor(rules: readonly Rule[], moment: Moment): Rule | null {
  if (moment.busy || moment.greeted) return null
  return rules.find((rule) => fits(rule, moment)) ?? null
}

function fits(rule: Rule, { path, seconds, scroll, visits, available, dismissed, now }: Moment): boolean {
  const quiet = now - (dismissed[rule.id] ?? -Infinity) < rule.quiet_days * DAY
  const here = !rule.pages.length || rule.pages.some((pattern) => matches(pattern, path))
  return (
    !quiet && here && seconds >= rule.seconds && scroll >= rule.scroll && visits >= rule.visits && (available || rule.always)
  )
}

/** Whether a path is meant by a pattern, such as `/returns*`. */
export function matches(pattern: string, path: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(path)
}

/** Seconds until a rule could speak at the earliest, where time alone is in its way; null when none ever will here. */
export function soonest(rules: readonly Rule[], moment: Moment): number | null {
  const waiting = rules.filter((rule) => fits(rule, { ...moment, seconds: Infinity }))
  return waiting.length ? Math.max(0, Math.min(...waiting.map((rule) => rule.seconds - moment.seconds))) : null
}
