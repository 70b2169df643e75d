/** Whom a letter names, and to whom an answer to it goes. */

import type { GoodwordEvent, Message, Party } from '@goodword/shared/events'

export interface Recipients {
  to: Party[]
  cc: Party[]
}

/** Somebody as one writes to him: `Dana Evans <dana@example.com>`. */
export const named = ({ name, address }: Party) => (name && address && name !== address ? `${name} <${address}>` : name || address)

/**
 * To whom an answer goes, as the server will see it: to those to whom an agent has addressed his last answer himself, or
 * to who wrote after it, with those reading along whom he had read along. What a machine wrote counts only where nobody
 * else did, and what was written by somebody to whom it was only passed on never. Null: what is answered is no letter.
 */
export function recipients(events: readonly GoodwordEvent[], own: (address: string) => boolean): Recipients | null {
  const chosen = events.findLast((event) => event.type === 'ReplyQueued' && isChosen(event.data.message))
  const heard = events.filter((event) => event.type === 'MessageReceived' && !event.data.message.letter?.outside)
  const byPerson = heard.findLast((event) => !spoken(event)?.letter?.automatic)
  if (chosen && chosen.seq > (byPerson?.seq ?? 0)) return others(spoken(chosen)!.letter!.to, spoken(chosen)!.letter!.cc, own)
  const answered = byPerson ?? heard.at(-1)
  const letter = answered && spoken(answered)?.letter
  const first = [letter?.reply_to, letter?.sender].find((party) => party?.address.includes('@') && !own(party.address))
  return letter && first ? others([first], [...letter.to, ...letter.cc], own) : null
}

const spoken = (event: GoodwordEvent) => ('message' in event.data ? (event.data.message as Message) : undefined)
const isChosen = ({ author, letter }: Message) => author.kind === 'agent' && !!letter && !letter.forwards

/** Without ourselves, and nobody twice. */
function others(to: readonly Party[], cc: readonly Party[], own: (address: string) => boolean): Recipients {
  const taken = new Set<string>()
  const fresh = ({ address }: Party) => {
    const key = address.trim().toLowerCase()
    return key.includes('@') && !own(address) && !taken.has(key) && taken.add(key)
  }
  return { to: to.filter(fresh), cc: cc.filter(fresh) }
}

/** Everybody whom the letters of a conversation name, whoever was named last first. */
export function everybody(events: readonly GoodwordEvent[], own: (address: string) => boolean): Party[] {
  const all = events.toReversed().flatMap((event) => {
    const letter = spoken(event)?.letter
    return letter ? [letter.sender, ...letter.to, ...letter.cc].filter((party) => party !== null) : []
  })
  return others(all, [], own).to
}

/** Whether an address is the mailbox itself, also with what is put behind a plus: `help+12.ab@shop.example`. */
export function isMailbox(mailbox: string, address: string): boolean {
  const split = (one: string) => one.trim().toLowerCase().split('@') as [string, string?]
  const [local, domain] = split(mailbox)
  const [other, where] = split(address)
  return domain !== undefined && domain === where && other.split('+')[0] === local
}
