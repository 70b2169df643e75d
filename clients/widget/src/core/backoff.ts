const FIRST = 1_000
const LONGEST = 30_000

/** Milliseconds to wait before attempt number `attempt` (from 1): doubling, bounded, and spread so that a restarted
 * server is not met by everyone at once. `random` is in [0, 1). */
export function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** (attempt - 1))
  return ceiling / 2 + (ceiling / 2) * random
}
