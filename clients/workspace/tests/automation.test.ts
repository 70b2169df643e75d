/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  conditionOf,
  gapsOf,
  gapsOfStep,
  HAPPENINGS,
  isWhole,
  keyOfCondition,
  keyOfStep,
  keyOfWhen,
  newRule,
  parts,
  PREDICATES,
  spanOf,
  STEPS,
  stepOf,
  whenOf,
  wordsIn,
  wordsOfStep,
} from '@/automation/rules'

const said = JSON.parse(readFileSync(new URL('../../../src/goodword/texts/en/automation.json', import.meta.url), 'utf8')) as Record<string, string>
const keys = (space: string) => Object.keys(said).filter((key) => key.startsWith(`${space}.`)).map((key) => key.slice(space.length + 1))

describe('the vocabulary', () => {
  it('is the one that the server has words for', () => {
    expect(Object.keys(PREDICATES).sort()).toEqual(keys('if').sort())
    expect([...HAPPENINGS].sort()).toEqual(keys('when').sort())
    // Only a macro's way back snoozes "as before".
    expect(STEPS.map((key) => wordsOfStep(key).slice(3)).sort()).toEqual(keys('do').filter((key) => key !== 'snooze.again').sort())
  })

  it.each(STEPS)('makes the step %s, which knows its own name and its gaps', (key) => {
    const step = stepOf(key, 'Asia/Seoul')
    expect(keyOfStep(step)).toBe(key)
    const slots = parts(said[wordsOfStep(key)]!).flatMap((part) => ('slot' in part ? [part.slot] : []))
    expect(slots).toEqual(expect.arrayContaining(gapsOfStep(step)))
  })

  it.each(Object.keys(PREDICATES))('makes the condition %s with a slot for whatever is missing', (key) => {
    const condition = conditionOf(key, 'Asia/Seoul')
    expect(keyOfCondition(condition)).toBe(key)
    const slots = parts(said[`if.${key}`]!).flatMap((part) => ('slot' in part ? [part.slot] : []))
    expect(slots).toEqual(expect.arrayContaining(gapsOf(condition)))
  })

  it.each(HAPPENINGS)('makes the happening %s', (key) => expect(keyOfWhen(whenOf(key))).toBe(key))
})

describe('a draft', () => {
  it('is whole when nothing in it is missing', () => {
    const draft = newRule('Refunds')
    expect(isWhole(draft)).toBe(false)
    const named = { ...draft, conditions: [{ field: 'text', op: 'any', value: ['refund'] }] }
    expect(isWhole(named)).toBe(false)
    expect(isWhole({ ...named, steps: [{ do: 'tag', tags: ['refund'] }] })).toBe(true)
    expect(isWhole({ ...named, steps: [{ do: 'tag', tags: ['refund'] }], when: whenOf('tagged.about') })).toBe(false)
    expect(isWhole({ ...named, steps: [] })).toBe(false)
  })

  it('keeps the value when only the question about it changes', () => {
    const asked = { field: 'text', op: 'any', value: ['refund'] }
    expect(conditionOf('text.none', 'UTC', asked).value).toEqual(['refund'])
    expect(conditionOf('tag.any', 'UTC', asked).value).toEqual([])
    expect(conditionOf('field.empty', 'UTC', { field: 'field', op: 'is', key: 'plan', value: 'gold' })).toEqual({ field: 'field', op: 'empty', key: 'plan' })
  })
})

it('takes a text apart into words and slots', () => {
  expect(parts('snooze for {value}')).toEqual([{ text: 'snooze for ' }, { slot: 'value' }])
  expect(parts('{value}에게 배정')).toEqual([{ slot: 'value' }, { text: '에게 배정' }])
})

it('reads words between commas of any script', () => expect(wordsIn(' refund，환불、退款; refund,, ')).toEqual(['refund', '환불', '退款']))

it('says a span in its largest whole unit', () => {
  expect([90, 120, 2880].map(spanOf)).toEqual([
    { count: 90, unit: 'minutes' },
    { count: 2, unit: 'hours' },
    { count: 2, unit: 'days' },
  ])
})

it('has words for everything that its screens say', () => {
  const folders = ['../src/automation/', '../src/canned/'].map((path) => new URL(path, import.meta.url))
  const sources = folders.flatMap((folder) => readdirSync(folder).filter((name) => /tsx?$/.test(name)).map((name) => readFileSync(new URL(name, folder), 'utf8')))
  const quoted = sources.flatMap((source) => [...source.matchAll(/'(auto\.[\w.]+)'/g)].map((found) => found[1]!))
  const composed = ['group.message', 'group.customer', 'group.conversation', 'scope.mine', 'scope.everyone', 'scope.team', 'text', 'tag']
  const grouped = ['say', 'give', 'mark', 'state', 'other'].map((group) => `steps.${group}`)
  const wanted = [...quoted, ...[...composed, ...grouped].map((key) => `auto.${key}`)]
  expect(quoted.length).toBeGreaterThan(60)
  expect(wanted.filter((key) => !(key in said) && !(`${key}.other` in said))).toEqual([])
})
