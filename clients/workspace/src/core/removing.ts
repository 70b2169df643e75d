/** What is left of a time line when messages in it are removed: the same as the server leaves (`conversations/forgetting.py`). */

import type { EventData, GoodwordEvent, HandoverSummary, Intake, Letter, Message, Named } from '@goodword/shared/events'

type Removal = Extract<GoodwordEvent, { type: 'MessageRemoved' }>

export const OWN_WITHIN = 15 * 60_000

/** Whether somebody may remove it: what he has just written himself, or whatever he has the right to. */
export function mayRemove(message: Message, me: Named & { rights: readonly string[] }, now: number): boolean {
  if (message.removed) return false
  const own = message.author.kind === 'agent' && message.author.id === me.id && now - message.at <= OWN_WITHIN
  return me.rights.includes(own ? 'conversations.answer' : 'conversations.remove')
}

/** The events without what was removed by those of `news`. */
export function withoutRemoved(events: readonly GoodwordEvent[], news: readonly GoodwordEvent[]): readonly GoodwordEvent[] {
  return news.filter((event) => event.type === 'MessageRemoved').reduce<readonly GoodwordEvent[]>(forget, events)
}

function forget(events: readonly GoodwordEvent[], removal: Removal): readonly GoodwordEvent[] {
  const { message_id: id, quoted_in: quoting = [] } = removal.data
  const said = events.flatMap(saidBy).find((message) => message.id === id)
  const left = (message: Message): Message => {
    if (message.id === id) return emptied(message, removal)
    return quoting.includes(message.id) && message.letter ? { ...message, letter: withoutPaper(message.letter) } : message
  }
  return events.map((event) => without(event, id, said, left))
}

function without(event: GoodwordEvent, id: string, said: Message | undefined, left: (message: Message) => Message): GoodwordEvent {
  switch (event.type) {
    case 'MessageReceived':
      return { ...event, data: { message: left(event.data.message) } }
    case 'NoteAdded':
      return { ...event, data: { message: left(event.data.message) } }
    case 'ReplyQueued':
      return { ...event, data: { ...event.data, message: left(event.data.message) } }
    case 'MessagesMovedHere':
      return { ...event, data: { ...event.data, messages: event.data.messages.map(left) } }
    case 'HandoverRequested': {
      const { summary } = event.data
      return summary ? { ...event, data: { ...event.data, summary: summaryWithout(summary, id, said) } } : event
    }
    case 'IntakeGiven':
      return said ? { ...event, data: { intake: intakeWithout(event.data.intake, said) } } : event
    case 'ReplyScheduled':
    case 'ReplyRescheduled':
      return said?.client_id === `later:${event.data.scheduled_id}` ? ({ ...event, data: silent(event.data) } as GoodwordEvent) : event
    default:
      return event
  }
}

function saidBy(event: GoodwordEvent): Message[] {
  if (event.type === 'MessagesMovedHere') return event.data.messages
  return event.type === 'MessageReceived' || event.type === 'ReplyQueued' || event.type === 'NoteAdded' ? [event.data.message] : []
}

/** Who said it to whom, and when. */
export function emptied(message: Message, { actor, at }: Pick<GoodwordEvent, 'actor' | 'at'>): Message {
  const bare = { ...message, text: '', attachments: [], sources: [], choices: [], choice: null, cards: [], removed: message.removed ?? { by: actor, at } }
  return message.letter ? { ...bare, letter: { ...withoutPaper(message.letter), subject: '' } } : bare
}

const withoutPaper = (letter: Letter): Letter => ({ ...letter, folded: '', arrival_id: null, shortened: false, written: false })

const silent = <D extends EventData['ReplyScheduled'] | EventData['ReplyRescheduled']>(data: D): D => ({
  ...data,
  text: '',
  ...('attachments' in data ? { attachments: [] } : {}),
  ...('letter' in data && data.letter ? { letter: { ...withoutPaper(data.letter), subject: '' } } : {}),
})

function summaryWithout(summary: HandoverSummary, id: string, said: Message | undefined): HandoverSummary {
  const others = <L extends { message_id: string }>(lines: L[]) => lines.filter((line) => line.message_id !== id)
  return {
    ...summary,
    asked: others(summary.asked),
    tried: others(summary.tried),
    facts: others(summary.facts),
    ...(summary.intake && said ? { intake: intakeWithout(summary.intake, said) } : {}),
  }
}

function intakeWithout(intake: Intake, said: Message): Intake {
  const files = new Set(said.attachments.map((file) => file.id))
  const part = (words: string) => (words && said.text.includes(words) ? '' : words)
  const { what, since, wish, order, evidence } = intake
  return { ...intake, what: part(what), since: part(since), wish: part(wish), order: part(order), evidence: evidence.filter((file) => !files.has(file.id)) }
}
