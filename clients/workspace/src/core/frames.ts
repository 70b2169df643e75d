/**
 * A letter's own looks in a frame that can do nothing: no script, no form, no way to its surroundings, and a new window
 * for what is followed. Its page comes from the server with a policy of its own, because a page that is written into the
 * frame inherits ours, by which every style of its would be refused.
 */

import { BASE, query } from './api'

export const written = (arrival: string, { pictures, dark, language }: { pictures: boolean; dark: boolean; language: string | null }) => ({
  src: `${BASE}/arrivals/${arrival}/letter/page${query({ remote: pictures ? 1 : null, dark: dark ? 1 : null, spoken: language })}`,
  sandbox: 'allow-popups allow-popups-to-escape-sandbox',
  referrerPolicy: 'no-referrer' as const,
})
