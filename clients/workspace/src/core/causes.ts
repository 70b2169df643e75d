/** What a mail server's refusal means. */

import type { Delivery } from './delivery'

/** Why a reply did not get there, as far as a person can do something about it. */
export const CAUSES = [
  'address', 'full', 'large', 'blocked', 'content', 'sender', 'away', 'refused', 'relay', 'ours',
  'no_address', 'machine', 'doubtful', 'braked', 'old',
] as const
export type Cause = (typeof CAUSES)[number]

const BY_SUBJECT: Record<string, Cause> = { '1': 'address', '2': 'address', '3': 'away', '4': 'away', '5': 'refused', '6': 'content', '7': 'blocked' }
const BY_STATUS: Record<string, Cause> = { '1.7': 'sender', '1.8': 'sender', '2.2': 'full', '2.3': 'large', '3.1': 'full', '3.4': 'large', '4.6': 'refused', '4.7': 'away' }
const BY_REPLY: Record<string, Cause> = { '421': 'away', '450': 'away', '451': 'away', '452': 'full', '551': 'address', '552': 'full', '553': 'address', '554': 'blocked' }
/** What our own side says of a reply that it could not hand over, or would not. */
const BY_REASON: Record<string, Cause> = {
  recipient: 'address', sender: 'sender', relay: 'relay', no_relay: 'relay', blocked: 'blocked', full: 'full', too_large: 'large',
  name: 'ours', timeout: 'ours', certificate: 'ours', tls: 'ours', password: 'ours', oauth: 'ours', disk: 'ours', broken: 'ours',
  no_address: 'no_address', machine: 'machine', doubtful: 'doubtful', braked: 'braked', old: 'old',
}
const ENHANCED = /\b[245]\.(\d{1,3})\.(\d{1,3})\b/
const REPLY = /(?:^|[;:])\s*([45]\d\d)[ -]/

/** It was kept back on purpose: to send it again would change nothing. */
export const isKeptBack = (cause: Cause | null) => cause !== null && CAUSES.indexOf(cause) >= CAUSES.indexOf('no_address')

/** By our own side's word, by the number that the other one gave (RFC 3463), by the first digits of its answer (RFC 5321). */
export function causeOf({ reason = '', status = '', answer = '' }: Pick<Delivery, 'reason' | 'status' | 'answer'>): Cause | null {
  const reply = REPLY.exec(answer)?.[1]
  return BY_REASON[reason] ?? numbered(status) ?? numbered(answer) ?? (reply ? (BY_REPLY[reply] ?? 'refused') : null)
}

function numbered(words: string): Cause | null {
  const [, subject = '', detail = ''] = ENHANCED.exec(words) ?? []
  return BY_STATUS[`${subject}.${detail}`] ?? BY_SUBJECT[subject] ?? null
}
