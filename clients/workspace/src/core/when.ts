/**
 * Times to come as people write them, in five languages at once: `tue 3pm`, `demain 14h`, `내일 오후 3시`, `下周二下午三点`.
 *
 * Nothing is guessed from half of the words: what isn't wholly understood is null, and the screen shows what was.
 */

import { HOUR, MINUTE, startOfDay } from './time'

interface Heard {
  span?: number
  days?: number
  date?: { year?: number; month: number; day: number }
  weekday?: number
  nextWeek?: boolean
  hour?: number
  minute?: number
  half?: 'am' | 'pm'
  /** The hour meant by a part of the day, where no hour is said. */
  usual?: number
}

type Rule = [RegExp, (heard: Heard, ...groups: string[]) => void]

const MORNING = 9
const DAYS = ['sun(?:day)?|dim(?:anche)?', 'mon(?:day)?|lun(?:di)?', 'tue(?:s|sday)?|mar(?:di)?', 'wed(?:nesday)?|mer(?:credi)?',
  'thu(?:r|rs|rsday)?|jeu(?:di)?', 'fri(?:day)?|ven(?:dredi)?', 'sat(?:urday)?|sam(?:edi)?']
const MONTHS = ['jan(?:uary|vier)?|janv', 'feb(?:ruary)?|févr?(?:ier)?|fevrier', 'mar(?:ch|s)?', 'apr(?:il)?|avr(?:il)?', 'may|mai', 'june?|juin',
  'july?|juil(?:let)?', 'aug(?:ust)?|août|aout', 'sept?(?:ember|embre)?', 'oct(?:ober|obre)?', 'nov(?:ember|embre)?', 'dec(?:ember)?|déc(?:embre)?']
const MONTH = MONTHS.map((name) => `(${name})`).join('|')

const which = (names: string[]) => names.findIndex((name) => name !== undefined)
const word = (source: string) => new RegExp(String.raw`(?<![\p{L}\d])(?:${source})(?!\p{L})\.?`, 'u')
const spanOf = (length: number) => (heard: Heard, count: string) => void (heard.span = number(count) * length)
const number = (text: string) => (/^(?:an?|une?)$/.test(text) ? 1 : Number(text.replace(',', '.')))
const part = (half: Heard['half'], usual: number) => (heard: Heard) => {
  if (half) heard.half = half
  heard.usual = usual
}
const onDay = (days: number) => (heard: Heard) => void (heard.days = days)
const at = (heard: Heard, hour: string | number, minute?: string) => {
  heard.hour = Number(hour)
  heard.minute = Number(minute ?? 0)
}

const N = String.raw`(\d+(?:[.,]\d+)?|an?|une?)`
const CJK_AFTER = String.raw`\s*(?:후에?|뒤에?|있다가|之?后|之?後)`

const RULES: Rule[] = [
  [word(String.raw`(?:in|dans)\s+half an hour|half an hour|dans une demi-heure`), (heard) => void (heard.span = 30 * MINUTE)],
  [word(String.raw`(?:in\s+|dans\s+)?${N}\s*(?:minutes?|mins?|m)`), spanOf(MINUTE)],
  [word(String.raw`(?:in|dans)\s+${N}\s*(?:hours?|hrs?|heures?|h)`), spanOf(HOUR)],
  [word(String.raw`${N}\s*(?:hours?|hrs?)`), spanOf(HOUR)],
  [word(String.raw`(?:in\s+|dans\s+)?${N}\s*(?:days?|jours?|d|j)`), (heard, count) => void (heard.days = number(count))],
  [word(String.raw`(?:in\s+|dans\s+)?${N}\s*(?:weeks?|semaines?|w)`), (heard, count) => void (heard.days = 7 * number(count))],
  [new RegExp(String.raw`(\d+)\s*(?:분|分钟|分鐘)${CJK_AFTER}`, 'u'), spanOf(MINUTE)],
  [new RegExp(String.raw`(\d+)\s*(?:시간|[个個]?小[时時]|[个個]?钟头)${CJK_AFTER}`, 'u'), spanOf(HOUR)],
  [new RegExp(String.raw`(\d+)\s*(?:일|天)${CJK_AFTER}`, 'u'), (heard, count) => void (heard.days = Number(count))],
  [new RegExp(String.raw`(\d+)\s*(?:주일?|[个個]?星期|周|週)${CJK_AFTER}`, 'u'), (heard, count) => void (heard.days = 7 * Number(count))],

  [/(\d{4})-(\d{1,2})-(\d{1,2})/, (heard, year, month, day) => void (heard.date = { year: Number(year), month: Number(month), day: Number(day) })],
  [/(\d{1,2})\s*(?:월|月)\s*(\d{1,2})\s*(?:일|日|号|號)?/u, (heard, month, day) => void (heard.date = { month: Number(month), day: Number(day) })],
  [word(String.raw`(\d{1,2})(?:st|nd|rd|th|er)?\s+(?:${MONTH})`), (heard, day, ...names) => void (heard.date = { month: which(names) + 1, day: Number(day) })],
  [word(String.raw`(?:${MONTH})\s+(\d{1,2})(?:st|nd|rd|th)?(?!\s*[:h]|\d|\s*[ap]m)`), (heard, ...found) =>
    void (heard.date = { month: which(found.slice(0, 12)) + 1, day: Number(found[12]) })],

  [/(\d{1,2})[:.](\d{2})\s*(am|pm)?/, (heard, hour, minute, half) => {
    at(heard, hour, minute)
    if (half) heard.half = half as 'am' | 'pm'
  }],
  [/(\d{1,2})\s*(am|pm)(?!\p{L})/u, (heard, hour, half) => {
    at(heard, hour)
    heard.half = half as 'am' | 'pm'
  }],
  [word(String.raw`(\d{1,2})\s*h(?:eures?)?\s*(\d{2})?`), at],
  [/(\d{1,2})\s*(?:시|[点點时時])\s*(?:(\d{1,2})\s*[분分]|(반|半))?/u, (heard, hour, minute, halfPast) => at(heard, hour, halfPast ? '30' : minute)],

  [/day after tomorrow|après-demain|apres-demain|모레|后天|後天/u, onDay(2)],
  [/tonight|ce soir|오늘 ?밤|今晚/u, (heard) => {
    heard.days = 0
    part('pm', 20)(heard)
  }],
  [/tomorrow|demain|내일|明天|明日/u, onDay(1)],
  [/(?<!\p{L})tmrw?(?!\p{L})/u, onDay(1)],
  [/today|aujourd['’]hui|오늘|今天|今日/u, onDay(0)],

  [/afternoon|après-midi|apres-midi|오후|下午/u, part('pm', 14)],
  [/morning|matin|아침|오전|早上|上午|早晨/u, part('am', MORNING)],
  [/evening|soir|저녁|晚上|傍晚/u, part('pm', 18)],
  [/밤|夜里|夜裡/u, part('pm', 20)],
  [/noon|midi|정오|점심|中午/u, (heard) => (heard.hour === undefined ? at(heard, 12) : part('pm', 12)(heard))],

  [/(?:다음 ?주|下个?(?:周|星期|礼拜)|下個?(?:週|周|星期|禮拜))\s*(?:([월화수목금토일])(?:요일)?(?!\p{L})|([一二三四五六日天]))/u, (heard, korean, chinese) => {
    heard.nextWeek = true
    heard.weekday = korean ? '일월화수목금토'.indexOf(korean) : '日一二三四五六'.indexOf(chinese!.replace('天', '日'))
  }],
  [/next week|la semaine prochaine|semaine prochaine|다음 ?주|下个?(?:周|星期)|下個?(?:週|星期)/u, (heard) => void (heard.nextWeek = true)],
  [/([월화수목금토일])요일|(?<!\p{L})([월화수목금토일])(?!\p{L})/u, (heard, full, short) => void (heard.weekday = '일월화수목금토'.indexOf(full ?? short!))],
  [/(?:这|這|本)?(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])/u, (heard, day) => void (heard.weekday = '日一二三四五六'.indexOf(day.replace('天', '日')))],
  [word(DAYS.map((name) => `(${name})`).join('|')), (heard, ...names) => void (heard.weekday = which(names))],
]

const FILLERS = /(?<!\p{L})(?:at|on|the|next|this|in|until|till|à|a|au|le|la|du|prochain|prochaine|jusqu['’]|vers)(?!\p{L})|까지|에|在|到|[,，、.。的]/gu
const HANGUL_HOURS = ['한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열', '열한', '열두']
const HAN_DIGITS = '〇一二三四五六七八九十'

/** The time meant, always to come; null when the words aren't wholly understood or the time has passed. */
export function when(words: string, now: number): number | null {
  const heard: Heard = {}
  let rest = numbered(words.normalize('NFKC').toLocaleLowerCase()).trim()
  if (!rest) return null
  for (const [pattern, take] of RULES) {
    const found = pattern.exec(rest)
    if (!found) continue
    take(heard, ...(found.slice(1) as string[]))
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`
  }
  const bare = rest.replace(FILLERS, ' ').trim()
  if (/^\d{1,2}$/.test(bare) && heard.hour === undefined && known(heard)) at(heard, Number(bare) + (Number(bare) < 8 && !heard.half ? 12 : 0))
  else if (bare) return null
  const meant = reckoned(heard, now)
  return meant !== null && meant > now ? meant : null
}

const known = (heard: Heard) => Object.keys(heard).length > 0

/** Written numbers before what they count: `下午三点`, `两天后`, `오후 세 시`. */
function numbered(words: string): string {
  return words
    .replace(/(열한|열두|다섯|여섯|일곱|여덟|아홉|열|한|두|세|네)(?=\s*시)/gu, (name) => String(HANGUL_HOURS.indexOf(name) + 1))
    .replace(/([一二两兩三四五六七八九十]+)(?=\s*(?:[点點时時天日月号號周週]|[个個]|小[时時]|分))/gu, (name, _all, at, whole: string) =>
      // 周二、星期三 and 下周日 are days of the week.
      /(?:周|週|星期|礼拜|禮拜)$/u.test(whole.slice(0, at as number)) ? name : String(han(name)),
    )
}

function han(name: string): number {
  const plain = name.replace(/[两兩]/g, '二')
  const [tens, ones] = plain.includes('十') ? plain.split('十') : ['', plain]
  const digit = (one: string | undefined, empty: number) => (one ? HAN_DIGITS.indexOf(one) : empty)
  return plain.includes('十') ? digit(tens, 1) * 10 + digit(ones, 0) : digit(ones, 0)
}

function reckoned(heard: Heard, now: number): number | null {
  if (!known(heard)) return null
  if (heard.span !== undefined) return now + heard.span
  const hour = hourOf(heard)
  if (hour === null) return null
  const timed = (day: number) => {
    const date = new Date(day)
    date.setHours(hour, heard.minute ?? 0)
    return date.getTime()
  }
  const today = startOfDay(now)
  const ahead = (days: number) => {
    const date = new Date(today)
    date.setDate(date.getDate() + days)
    return timed(date.getTime())
  }
  if (heard.date) return dated(heard.date, now, timed)
  const weekday = new Date(now).getDay()
  if (heard.nextWeek) return ahead(((8 - weekday) % 7 || 7) + ((heard.weekday ?? 1) + 6) % 7)
  if (heard.weekday !== undefined) {
    const days = (heard.weekday - weekday + 7) % 7
    return days === 0 && ahead(0) <= now ? ahead(7) : ahead(days)
  }
  if (heard.days !== undefined) return ahead(Math.round(heard.days))
  return ahead(0) > now ? ahead(0) : ahead(1)
}

function hourOf({ hour, minute = 0, half, usual }: Heard): number | null {
  if (hour === undefined) return usual ?? MORNING
  if (hour > 23 || minute > 59) return null
  if (half === 'pm' && hour < 12) return hour + 12
  return half === 'am' && hour === 12 ? 0 : hour
}

function dated({ year, month, day }: NonNullable<Heard['date']>, now: number, timed: (day: number) => number): number | null {
  const make = (of: number) => {
    const date = new Date(of, month - 1, day)
    return date.getMonth() === month - 1 && date.getDate() === day ? timed(date.getTime()) : null
  }
  const soon = make(year ?? new Date(now).getFullYear())
  if (soon === null || soon > now || year !== undefined) return soon
  return make(new Date(now).getFullYear() + 1)
}
