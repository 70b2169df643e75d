import type { EventData, GoodwordEvent } from '@goodword/shared/events'
import { standing } from './conversation'
import type { State } from './state'

export type Judged = EventData['RatingGiven']

const CHANGEABLE = 7 * 86_400_000

/**
 * What asks for a judgement of the newest conversation: its end, or an agent who wants to know; for seven days. When the
 * conversation goes on, an end asks no more; what was answered stays in sight until the visitor writes again.
 */
export function occasion(state: State, now = Date.now()): GoodwordEvent | undefined {
  const about = standing(state)
  const ends = ({ type, data }: GoodwordEvent) => type === 'StatusChanged' && data.status === 'closed'
  const asks = (event: GoodwordEvent) => event.type === 'RatingAsked' || (!!state.config?.rating && ends(event))
  const found = state.events.findLast((event) => event.stream === about?.id && asks(event))
  if (!found || now - found.at >= CHANGEABLE) return
  if (about?.status === 'closed' || found.type === 'RatingAsked') return found
  const last = state.events.findLast(({ type }) => type === 'RatingGiven' || type === 'MessageReceived')
  return last?.type === 'RatingGiven' && last.seq > found.seq ? found : undefined
}

/** What the visitor has answered to it, as he said last. */
export function judged({ events }: State, asked: GoodwordEvent): Judged | null {
  const given = events.findLast(({ type, stream }) => type === 'RatingGiven' && stream === asked.stream)
  return given && given.seq > asked.seq ? (given.data as Judged) : null
}
