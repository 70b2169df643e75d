import { describe, expect, it } from 'vitest'
import { labelsOf, pieces } from '@/core/routing'
import { copyDay, dayName, EVERY_DAY, hoursOf, inOrder, lengthOf, onBar, spansInWords, usualWeek, WEEKDAYS, withAnother, withDay, zones } from '@/core/shifts'

const OFFICE = [
  { start: '09:00', end: '12:30' },
  { start: '13:30', end: '18:00' },
]
const NIGHT = { start: '22:00', end: '06:00' }

describe('a week of shifts', () => {
  it('begins as nine to five on weekdays', () => {
    const week = usualWeek('Europe/Paris')
    expect(hoursOf(week)).toBe(40)
    expect(week.week[5]).toEqual([])
  })

  it('copies a day to the others and leaves the rest', () => {
    const monday = withDay(usualWeek('Asia/Seoul'), 0, OFFICE)
    expect(copyDay(monday, 0, WEEKDAYS).week).toEqual([OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []])
    expect(hoursOf(copyDay(monday, 0, EVERY_DAY))).toBe(56)
    expect(monday.week[1]).not.toEqual(OFFICE)
  })

  it('offers another stretch after a break, and none when the day is full', () => {
    expect(withAnother([])).toEqual([{ start: '09:00', end: '17:00' }])
    expect(withAnother([OFFICE[0]!])).toEqual([OFFICE[0], { start: '13:30', end: '17:30' }])
    expect(withAnother([{ start: '09:00', end: '22:30' }])).toEqual([{ start: '09:00', end: '22:30' }, { start: '23:30', end: '00:00' }])
    expect(withAnother([{ start: '09:00', end: '23:30' }])).toHaveLength(1)
    expect(inOrder(withAnother(withAnother([])))).toBe(true)
  })

  it('counts a night across midnight and draws it to the edge', () => {
    expect(lengthOf(NIGHT)).toBe(8 * 60)
    expect(onBar(NIGHT)).toEqual({ from: (22 / 24) * 100, width: 100 - (22 / 24) * 100 })
    expect(onBar({ start: '12:00', end: '18:00' })).toEqual({ from: 50, width: 25 })
  })

  it('notices stretches that overlap', () => {
    expect(inOrder(OFFICE)).toBe(true)
    expect(inOrder([...OFFICE].reverse())).toBe(false)
    expect(inOrder([NIGHT, OFFICE[0]!])).toBe(false)
    expect(inOrder([OFFICE[0]!, NIGHT])).toBe(true)
  })

  it('speaks of days and hours', () => {
    expect(spansInWords(OFFICE)).toBe('09:00–12:30, 13:30–18:00')
    expect([dayName(0, 'en'), dayName(6, 'fr'), dayName(0, 'ko', 'short')]).toEqual(['Monday', 'dimanche', '월'])
    expect(zones('Mars/Olympus')).toContain('Mars/Olympus')
  })
})

describe('sentences with controls in them', () => {
  it('fall into words and places', () => {
    expect(pieces('Wait {minutes} minutes.')).toEqual([
      { words: 'Wait ', slot: 'minutes' },
      { words: ' minutes.', slot: null },
    ])
  })

  it('skills have one spelling, whatever comma was typed', () => {
    expect(labelsOf(' Refunds,  gift  Cards、refunds，')).toEqual(['refunds', 'gift cards'])
  })
})
