import { texts as textsIn, type Catalogue, type Texts } from '@goodword/shared/texts'

/** Texts, times and days as the visitor's language writes them. */
export interface Format extends Texts {
  time(at: number): string
  day(at: number): string
  /** Seconds as minutes, hours or days, rounded up. */
  duration(seconds: number): string
}

const DAY = 86_400_000

export function formatIn(language: string, catalogue: Catalogue): Format {
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' })
  const near = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  return {
    ...textsIn(language, catalogue),
    time: (at) => time.format(at),
    day: (at) => {
      const ago = Math.round((midnight(at) - midnight(Date.now())) / DAY)
      return ago === 0 || ago === -1 ? capital(near.format(ago, 'day'), language) : day.format(at)
    },
    duration: (seconds) => {
      const [unit, size] = seconds < 5400 ? ['minute', 60] : seconds < 172_800 ? ['hour', 3600] : ['day', 86_400]
      return new Intl.NumberFormat(language, { style: 'unit', unit: unit as string, unitDisplay: 'long' }).format(
        Math.ceil(seconds / (size as number)),
      )
    },
  }
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

function capital(text: string, language: string): string {
  return text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1)
}
