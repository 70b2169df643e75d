/** Times as people say them. Everything takes `now`; nothing here looks at a clock. */

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Age in one short unit: `now`, `8m`, `2h`, `3d`, written as the language does. */
export function age(since: number, now: number, language: string, justNow: string): string {
  const span = Math.max(0, now - since)
  if (span < MINUTE) return justNow
  if (span < HOUR) return unit(Math.floor(span / MINUTE), 'minute', language)
  if (span < DAY) return unit(Math.floor(span / HOUR), 'hour', language)
  if (span < 30 * DAY) return unit(Math.floor(span / DAY), 'day', language)
  return day(since, language)
}

const units = new Map<string, Intl.NumberFormat>()

function unit(count: number, name: 'minute' | 'hour' | 'day', language: string): string {
  const key = language + name
  const format = units.get(key) ?? new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'narrow' })
  units.set(key, format)
  return format.format(count)
}

export function clock(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false }).format(at)
}

export function day(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' }).format(at)
}

export function dayKey(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

/** `Today`, `Yesterday`, `Monday`, or the date, as the language says it. */
export function dayName(at: number, now: number, language: string): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY)
  if (days === 0 || days === 1) {
    const word = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day')
    return word.charAt(0).toLocaleUpperCase(language) + word.slice(1)
  }
  const near = days > 0 && days < 7
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat(
    language,
    near
      ? { weekday: 'long', day: 'numeric', month: 'short' }
      : { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) },
  ).format(at)
}

/** A time to come or gone by, as short as it stays clear: `14:30`, `Tue 09:00`, `3 Dec, 09:00`. */
export function moment(at: number, now: number, language: string): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY)
  if (days === 0) return clock(at, language)
  const near = Math.abs(days) < 7
  return new Intl.DateTimeFormat(language, {
    ...(near ? { weekday: 'short' } : { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at)
}

export function startOfDay(at: number): number {
  const date = new Date(at)
  date.setHours(0, 0, 0, 0)
  return date.getTime()
}

export interface SnoozeChoice {
  name: 'laterToday' | 'tomorrow' | 'nextWeek' | 'inAnHour'
  until: number
}

/** The times offered when something is put off: whole, and never in the past. */
export function snoozeChoices(now: number): SnoozeChoice[] {
  const today = startOfDay(now)
  const at = (days: number, hour: number) => {
    const date = new Date(today)
    date.setDate(date.getDate() + days)
    date.setHours(hour)
    return date.getTime()
  }
  const weekday = new Date(now).getDay()
  const choices: SnoozeChoice[] = [
    { name: 'inAnHour', until: Math.ceil((now + HOUR) / (5 * MINUTE)) * 5 * MINUTE },
    { name: 'laterToday', until: at(0, 16) },
    { name: 'tomorrow', until: at(1, 9) },
    { name: 'nextWeek', until: at(((8 - weekday) % 7) || 7, 9) },
  ]
  const future = choices.filter(({ name, until }) => name !== 'laterToday' || until > now + 2 * HOUR)
  return future.filter((choice, index) => future.findIndex(({ until }) => until === choice.until) === index)
}

/** A time as `datetime-local` writes it, in the time of this place. */
export function localValue(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
