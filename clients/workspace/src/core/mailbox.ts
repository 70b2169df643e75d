/** A mailbox as its form writes it: what is asked first, what is found by itself, and what only some will want. */

import type { ChannelSetting } from './model'
import { isStructured, meant } from './setting'

export type Values = Record<string, string>

export interface MailServer {
  host: string
  port: number
  security: string
}

/** What is known of a provider by the address. `note`: what its users must do first, in a sentence. */
export interface Found {
  provider: string
  imap: MailServer | null
  smtp: MailServer | null
  note: string
  /** By whom one signs in there without a password. */
  oauth: string | null
  /** Nobody has said so; it is only usual. */
  guess?: boolean
}

/** One direction as it was tried for real. `reason` is a word of ours, `detail` the other side's own. */
export interface TriedWay {
  ok: boolean
  reason: string
  detail: string
  folders?: string[]
}

export interface Tried {
  incoming: TriedWay
  outgoing: TriedWay
}

/** In the order in which they are asked. What a mailbox has beyond these stands with its servers. */
export const GROUPS = {
  letters: ['sender_name', 'signature', 'acknowledge'],
  reading: ['folders', 'mark_read', 'move_to', 'import_days'],
  threads: ['reopen_days', 'continues_chats', 'subject_token'],
} as const
export type Group = keyof typeof GROUPS

/** Asked in words of their own. */
const FIRST = ['address', 'sign_in', 'imap_password', 'oauth_client_id', 'oauth_client_secret', 'oauth_tenant', 'oauth_refresh_token']

/** What is asked only where mail goes that way: by the setting that says so, and its value. */
const WAYS = [
  { keys: /^imap_/, by: 'inbound', is: 'imap' },
  { keys: /^webhook_/, by: 'inbound', is: 'webhook' },
  { keys: /^smtp_/, by: 'outbound', is: 'smtp' },
] as const

export function grouped(settings: readonly ChannelSetting[], values: Values): Record<Group | 'servers', ChannelSetting[]> {
  const of = (keys: readonly string[]) => keys.flatMap((key) => settings.find((one) => one.key === key) ?? [])
  const taken: readonly string[] = [...FIRST, ...Object.values(GROUPS).flat()]
  return {
    letters: of(GROUPS.letters),
    reading: of(GROUPS.reading),
    threads: of(GROUPS.threads),
    servers: settings.filter(({ key }) => !taken.includes(key) && WAYS.every(({ keys, by, is }) => !keys.test(key) || values[by] === is)),
  }
}

/** The form with the servers that were found. To whom a name to sign in by is not given, one signs in by the address. */
export function withServers(values: Values, { imap, smtp, oauth }: Found): Values {
  const next: Values = { ...values }
  if (imap) Object.assign(next, { imap_host: imap.host, imap_port: String(imap.port), imap_security: imap.security })
  if (smtp) Object.assign(next, { smtp_host: smtp.host, smtp_port: String(smtp.port), smtp_security: smtp.security })
  if (!oauth) next['sign_in'] = 'password'
  return next
}

/** What the server is told. A secret that was not typed stays what it is. */
export const told = (settings: readonly ChannelSetting[], values: Values): Record<string, unknown> =>
  Object.fromEntries(settings.map((one) => [one.key, meant(one, values[one.key] ?? (isStructured(one) ? 'null' : ''))]))

/** Whether it is known to which servers to go, as far as one goes to any. */
export const hasServers = (values: Values) =>
  (values['inbound'] !== 'imap' || !!values['imap_host']) && (values['outbound'] !== 'smtp' || !!values['smtp_host'])

/** What may stand in the way of mail, each said in words with what to do about it. */
export const REASONS = [
  'name', 'refused', 'timeout', 'certificate', 'tls', 'password', 'oauth', 'folder', 'relay_refused', 'sender_refused', 'later', 'disk', 'unknown',
] as const
export type Reason = (typeof REASONS)[number]

/** What is said of a single mail, as it is said of the mailbox. */
const ALIKE: Record<string, Reason> = { relay: 'relay_refused', no_relay: 'relay_refused', sender: 'sender_refused' }

export const reasonIn = (reason: string): Reason => ALIKE[reason] ?? REASONS.find((one) => one === reason) ?? 'unknown'

/** Whether something stands in the way now: it has failed since it last worked. */
export const isAway = ({ ok_at, failed_at, reason }: { ok_at: number | null; failed_at: number | null; reason: string }) =>
  reason !== '' && failed_at !== null && failed_at >= (ok_at ?? 0)
