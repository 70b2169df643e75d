/** What an agent is told of by ear or by a note of the system, and when he is left alone. */

import type { GoodwordEvent, Message } from '@goodword/shared/events'
import type { Me, Preferences, Row, Sounds } from './model'

/** From the calmest to what can't wait. */
export type Occasion = 'queue' | 'message' | 'lost' | 'assigned' | 'mentioned' | 'risky'

export const SOUNDS: Sounds = { on: true, messages: 'risky', assigned: true, mentioned: true, queue: false, volume: 40 }

/** The server leaves out what is as usual. */
export const completed = (own: Partial<Preferences> = {}): Preferences => ({
  keys: {},
  quiet_hours: null,
  desktop: false,
  motion: 'auto',
  contrast: 'auto',
  text_size: 'normal',
  focus: false,
  ...own,
  sounds: { ...SOUNDS, ...own.sounds },
})

/** What an event is to this person, if anything. `row` is the conversation it belongs to, as far as it is known. */
export function occasionOf(event: GoodwordEvent, me: Pick<Me, 'id'>, row?: Pick<Row, 'assignee' | 'mood'>): Occasion | null {
  if (event.actor.id === me.id) return null
  switch (event.type) {
    case 'Assigned':
      return event.data.agent?.id === me.id ? 'assigned' : null
    case 'NoteAdded':
    case 'SideThreadSaid':
      return mentions(event.data.message, me.id) ? 'mentioned' : null
    case 'Whispered':
      return event.data.to.id === me.id ? 'mentioned' : null
    case 'MessageReceived':
      if (row?.assignee?.id !== me.id) return null
      return row.mood === 'angry' || row.mood === 'very_upset' ? 'risky' : 'message'
    case 'DeliveryFailed':
      return event.data.final && row?.assignee?.id === me.id ? 'lost' : null
    case 'Bounced':
      return row?.assignee?.id === me.id ? 'lost' : null
    case 'Queued':
      return 'queue'
    default:
      return null
  }
}

/** The occasion on which a tone is heard now, or null. */
export function shouldSound(
  event: GoodwordEvent,
  me: Pick<Me, 'id' | 'availability'>,
  preferences: Preferences,
  now: number,
  row?: Pick<Row, 'assignee' | 'mood'>,
): Occasion | null {
  const occasion = occasionOf(event, me, row)
  const { sounds } = preferences
  if (!occasion || !sounds.on || sounds.volume === 0 || !isOpenFor(occasion, me, preferences, now)) return null
  const wanted: Record<Occasion, boolean> = {
    queue: sounds.queue,
    message: sounds.messages === 'all',
    lost: sounds.messages !== 'none',
    risky: sounds.messages !== 'none',
    assigned: sounds.assigned,
    mentioned: sounds.mentioned,
  }
  return wanted[occasion] ? occasion : null
}

/** The occasion of which the system tells while the window is out of sight, or null. */
export function shouldTell(
  event: GoodwordEvent,
  me: Pick<Me, 'id' | 'availability'>,
  preferences: Preferences,
  now: number,
  row?: Pick<Row, 'assignee' | 'mood'>,
): Occasion | null {
  const occasion = occasionOf(event, me, row)
  return occasion && preferences.desktop && isOpenFor(occasion, me, preferences, now) ? occasion : null
}

/** Quiet hours silence everything; being off everything but a call by name; focus all that is not risky or by name. */
function isOpenFor(occasion: Occasion, me: Pick<Me, 'availability'>, preferences: Preferences, now: number): boolean {
  if (isQuiet(preferences.quiet_hours, now)) return false
  if (me.availability !== 'available' && occasion === 'queue') return false
  if (me.availability === 'offline') return occasion === 'mentioned'
  return !preferences.focus || occasion === 'risky' || occasion === 'mentioned'
}

/** Whether `now` lies in the quiet hours, which may go over midnight; the same twice is never. */
export function isQuiet(hours: Preferences['quiet_hours'], now: number): boolean {
  if (!hours || hours.from === hours.to) return false
  const time = timeIn(hours.time_zone, now)
  return hours.from < hours.to ? hours.from <= time && time < hours.to : hours.from <= time || time < hours.to
}

const formats = new Map<string, Intl.DateTimeFormat>()

function timeIn(zone: string, now: number): string {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone })
  formats.set(zone, format)
  return format.format(now)
}

const mentions = (message: Message, id: string) => (message.mentions ?? []).some((named) => named.id === id)

/** Of several at once the one that matters most. */
export function loudest(occasions: readonly (Occasion | null)[]): Occasion | null {
  const order: Occasion[] = ['queue', 'message', 'lost', 'assigned', 'mentioned', 'risky']
  return occasions.reduce<Occasion | null>((best, one) => (one && (!best || order.indexOf(one) > order.indexOf(best)) ? one : best), null)
}
