/** Whom a letter names, and to whom an answer to it goes. */

import type { GoodwordEvent, Party } from '@goodword/shared/events'

/** Somebody as one writes to him: `Dana Evans <dana@example.com>`. */
export const named = ({ name, address }: Party) => (name && address && name !== address ? `${name} <${address}>` : name || address)

/**
 * To whom an answer goes, as the server will see it: to who wrote last, with those reading along whom he had read along.
 * What a machine wrote counts only where nobody else did. Null: what is answered is no letter.
 */
export function recipients(events: readonly GoodwordEvent[], own: (address: string) => boolean): { to: Party; cc: Party[] } | null {
  const heard = events.flatMap((event) => (event.type === 'MessageReceived' ? [event.data.message] : []))
  const answered = (heard.findLast((message) => !message.letter?.automatic) ?? heard.at(-1))?.letter
  const first = [answered?.reply_to, answered?.sender].find((party) => party?.address.includes('@') && !own(party.address))
  if (!answered || !first) return null
  const taken = new Set([first.address.toLowerCase()])
  const others = [...answered.to, ...answered.cc].filter(({ address }) => {
    const key = address.toLowerCase()
    return key.includes('@') && !own(address) && !taken.has(key) && taken.add(key)
  })
  return { to: first, cc: others }
}

/** Whether an address is the mailbox itself, also with what is put behind a plus: `help+12.ab@shop.example`. */
export function isMailbox(mailbox: string, address: string): boolean {
  const split = (one: string) => one.trim().toLowerCase().split('@') as [string, string?]
  const [local, domain] = split(mailbox)
  const [other, where] = split(address)
  return domain !== undefined && domain === where && other.split('+')[0] === local
}
