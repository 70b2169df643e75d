import { describe, expect, it } from 'vitest'
import { when } from '@/core/when'

/** Wednesday, 18 November 2026, noon. */
const noon = new Date(2026, 10, 18, 12, 0).getTime()
const said = (words: string, now = noon) => {
  const at = when(words, now)
  if (at === null) return null
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getMonth() + 1}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}

describe('a time in words', () => {
  it.each([
    ['tue 3pm', '11-24 15:00'],
    ['tomorrow', '11-19 09:00'],
    ['tomorrow at 3', '11-19 15:00'],
    ['Friday 9:30', '11-20 09:30'],
    ['fri morning', '11-20 09:00'],
    ['tonight', '11-18 20:00'],
    ['3pm', '11-18 15:00'],
    ['9am', '11-19 09:00'],
    ['in 2 hours', '11-18 14:00'],
    ['half an hour', '11-18 12:30'],
    ['45 min', '11-18 12:45'],
    ['in 3 days', '11-21 09:00'],
    ['next week', '11-23 09:00'],
    ['tue next week 10am', '11-24 10:00'],
    ['25 nov 14:00', '11-25 14:00'],
    ['Dec 3', '12-03 09:00'],
    ['2026-12-24 16:30', '12-24 16:30'],
    ['wed', '11-25 09:00'],
    ['wed 4pm', '11-18 16:00'],
  ])('in English: %s', (words, expected) => expect(said(words)).toBe(expected))

  it.each([
    ['demain 14h', '11-19 14:00'],
    ['mardi 15h30', '11-24 15:30'],
    ['mardi prochain', '11-24 09:00'],
    ['dans 2 heures', '11-18 14:00'],
    ['à 14 heures', '11-18 14:00'],
    ['ce soir', '11-18 20:00'],
    ['après-demain matin', '11-20 09:00'],
    ['la semaine prochaine', '11-23 09:00'],
    ['3 décembre à 10h', '12-03 10:00'],
    ['vendredi midi', '11-20 12:00'],
  ])('in French: %s', (words, expected) => expect(said(words)).toBe(expected))

  it.each([
    ['내일 오후 3시', '11-19 15:00'],
    ['내일 오후 세시 반', '11-19 15:30'],
    ['화요일 오전 10시', '11-24 10:00'],
    ['다음 주 월요일', '11-23 09:00'],
    ['다음 주', '11-23 09:00'],
    ['2시간 후', '11-18 14:00'],
    ['30분 뒤', '11-18 12:30'],
    ['3일 후', '11-21 09:00'],
    ['12월 3일 오후 2시', '12-03 14:00'],
    ['오늘 저녁', '11-18 18:00'],
    ['모레', '11-20 09:00'],
  ])('in Korean: %s', (words, expected) => expect(said(words)).toBe(expected))

  it.each([
    ['明天下午3点', '11-19 15:00'],
    ['周二下午三点半', '11-24 15:30'],
    ['下周一', '11-23 09:00'],
    ['下周日上午十点', '11-29 10:00'],
    ['两小时后', '11-18 14:00'],
    ['30分钟后', '11-18 12:30'],
    ['三天后', '11-21 09:00'],
    ['12月3日 14:00', '12-03 14:00'],
    ['今晚', '11-18 20:00'],
    ['后天', '11-20 09:00'],
    ['明天下午3點', '11-19 15:00'],
    ['下週二早上九點', '11-24 09:00'],
    ['兩小時後', '11-18 14:00'],
    ['星期五中午', '11-20 12:00'],
  ])('in Chinese: %s', (words, expected) => expect(said(words)).toBe(expected))

  it('is null when it is not wholly understood, impossible, or gone', () => {
    for (const words of ['', 'soon', 'tue or wed maybe', '25:00', '31 feb', 'today 9am', 'when he is back', '2020-01-01']) expect([words, said(words)]).toEqual([words, null])
  })

  it('goes on into the next year, and keeps the hour where the clocks change', () => {
    expect(new Date(when('3 january', noon)!).getFullYear()).toBe(2027)
    const saturday = new Date(2026, 9, 24, 18, 0).getTime()
    expect(said('tomorrow 9am', saturday)).toBe('10-25 09:00')
  })
})
