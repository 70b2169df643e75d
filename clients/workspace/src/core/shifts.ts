/** The hours somebody works: a week as the clock on the wall shows it. The same shapes as the server's. */

/** `09:00` to `17:30`; one that ends before it starts ends on the next day. */
export interface Span {
  start: string
  end: string
}

export interface OtherDays {
  /** ISO dates. */
  first: string
  last: string
  /** None: free. */
  spans: Span[]
  label: string
}

export interface Shifts {
  timezone: string
  /** Seven days, Monday first. */
  week: Span[][]
  other_days: OtherDays[]
}

/** How an agent stands to his shifts just now. Times in milliseconds. */
export interface Standing {
  has_shifts: boolean
  is_on: boolean
  today: Span[]
  ends_at: number | null
  begins_at: number | null
  extra: boolean
}

const DAY = 24 * 60
export const WEEKDAYS = [0, 1, 2, 3, 4]
export const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]

export const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
export const timeOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Nine to five on weekdays. */
export function usualWeek(timezone: string): Shifts {
  const day = [{ start: '09:00', end: '17:00' }]
  return { timezone, week: EVERY_DAY.map((number) => (number < 5 ? day : [])), other_days: [] }
}

export function withDay(shifts: Shifts, day: number, spans: Span[]): Shifts {
  return { ...shifts, week: shifts.week.map((old, number) => (number === day ? spans : old)) }
}

/** The hours of one day on the others, too. */
export function copyDay(shifts: Shifts, from: number, to: readonly number[]): Shifts {
  const spans = shifts.week[from] ?? []
  return { ...shifts, week: shifts.week.map((old, number) => (to.includes(number) ? spans : old)) }
}

/** One more stretch: after the last one and an hour's break, or nine to five; as it was where the day is full. */
export function withAnother(spans: readonly Span[]): Span[] {
  const last = spans.at(-1)
  if (!last) return [{ start: '09:00', end: '17:00' }]
  const start = lengthOf(last) + minutesOf(last.start) + 60
  if (start >= DAY) return [...spans]
  return [...spans, { start: timeOf(start), end: timeOf(Math.min(start + 4 * 60, DAY) % DAY) }]
}

/** Minutes. */
export function lengthOf({ start, end }: Span): number {
  const from = minutesOf(start)
  const to = minutesOf(end)
  return to > from ? to - from : to + DAY - from
}

export const hoursOf = (shifts: Shifts) => shifts.week.flat().reduce((sum, span) => sum + lengthOf(span), 0) / 60

/** Whether the stretches of a day follow each other; only the last may run into the next day. */
export function inOrder(spans: readonly Span[]): boolean {
  return spans.every((span, number) => {
    const next = spans[number + 1]
    return !next || (minutesOf(span.start) < minutesOf(span.end) && minutesOf(span.end) <= minutesOf(next.start))
  })
}

/** Where a stretch lies on a bar of one day, in hundredths; what runs into the next day ends at the edge. */
export function onBar(span: Span): { from: number; width: number } {
  const from = (minutesOf(span.start) / DAY) * 100
  return { from, width: Math.min((lengthOf(span) / DAY) * 100, 100 - from) }
}

/** `09:00–12:30, 13:30–18:00`. */
export const spansInWords = (spans: readonly Span[]) => spans.map(({ start, end }) => `${start}–${end}`).join(', ')

export const isAllDay = (spans: readonly Span[]) => spans.length === 1 && lengthOf(spans[0]!) === DAY

/** The weekday's name: 0 is Monday. */
export function dayName(day: number, language: string, width: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(language, { weekday: width, timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + day))
}

export const hereZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** All time zones; the one that is chosen is among them even where the browser doesn't list it. */
export function zones(chosen: string): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set(['UTC', ...known, chosen])].sort()
}
