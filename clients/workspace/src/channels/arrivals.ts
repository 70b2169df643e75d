/** Why something that came in is no message, in words. */

import type { Texts } from '@goodword/shared/texts'
import type { Arrival } from './queries'

/** In quarantine, then aside. A reason from a newer server is said as it stands. */
export const WHY = [
  'unreadable', 'no_mail_inside', 'stored_elsewhere', 'too_slow', 'damaged', 'crashed', 'failed',
  'own_mail', 'bounce', 'delayed', 'receipt', 'feedback', 'no_mail',
] as const

export function whyOf({ reason }: Pick<Arrival, 'reason'>, t: Texts['t']): string {
  const key = `arrivals.why.${reason}`
  const said = t(key)
  return said === key ? reason : said
}
