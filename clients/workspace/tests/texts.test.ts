/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { LANGUAGES, texts, type Catalogue } from '@goodword/shared/texts'
import { describe, expect, it } from 'vitest'
import { WHY } from '@/channels/arrivals'
import { STATES } from '@/channels/queries'
import { FIELDS } from '@/core/canned'
import { CAUSES } from '@/core/causes'
import { BINDINGS } from '@/core/keys'
import { SORTS } from '@/core/filter'
import { GROUPS, REASONS } from '@/core/mailbox'
import { PRIORITIES, ROLES, VIEWS } from '@/core/model'
import { NARROWINGS } from '@/core/place'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const catalogue = (language: string) => JSON.parse(read(`../../../src/goodword/texts/${language}/workspace.json`)) as Catalogue
const stem = (key: string) => key.replace(/\.(one|other)$/, '')
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map((found) => found[0]).sort()
const english = catalogue('en')

function sources(folder: string): string[] {
  return readdirSync(new URL(folder, import.meta.url), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(`${folder}${entry.name}/`) : /\.tsx?$/.test(entry.name) ? [read(folder + entry.name)] : [],
  )
}

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const own = catalogue(language)

  it('are complete', () => {
    expect([...new Set(Object.keys(own).map(stem))].sort()).toEqual([...new Set(Object.keys(english).map(stem))].sort())
  })

  it('have the placeholders of the English ones', () => {
    for (const [key, text] of Object.entries(own)) {
      expect([key, placeholders(text)]).toEqual([key, placeholders(english[key] ?? english[`${stem(key)}.other`]!)])
    }
  })
})

describe('the words of mailboxes, letters and quarantine', () => {
  const words = (language: string) => JSON.parse(read(`../../../src/goodword/texts/${language}/mailbox.json`)) as Catalogue
  const own = words('en')

  it.each(LANGUAGES)('are complete in %s, with the placeholders of the English ones', (language) => {
    const said = words(language)
    expect([...new Set(Object.keys(said).map(stem))].sort()).toEqual([...new Set(Object.keys(own).map(stem))].sort())
    for (const [key, text] of Object.entries(said)) expect([key, placeholders(text)]).toEqual([key, placeholders(own[key] ?? own[`${stem(key)}.other`]!)])
  })

  it('say everything that is asked for', () => {
    const each = (space: string, names: readonly string[]) => names.map((name) => `${space}.${name}`)
    const quoted = sources('../src/').flatMap((source) => [...source.matchAll(/'((?:mailbox|health|arrivals|letter|lost)\.[a-zA-Z_.]+)'/g)].map((found) => found[1]!))
    const asked = [
      ...quoted,
      ...each('lost', CAUSES),
      ...each('mailbox.why', REASONS),
      ...each('arrivals.why', WHY),
      ...STATES.flatMap((state) => each('arrivals', [state, `what.${state}`, `none.${state}`])),
      ...['incoming', 'outgoing'].flatMap((way) => each(`mailbox.${way}`, ['ok', 'failed'])),
      ...['in', 'out'].flatMap((way) => each('health', [way, `${way}.last`, `${way}.now`, `${way}.never`])),
      ...each('mailbox', Object.keys(GROUPS)),
    ]
    expect(quoted.length).toBeGreaterThan(60)
    expect(asked.filter((key) => !(key in own || `${key}.other` in own || has(key)))).toEqual([])
  })
})

const spaces = new Set(Object.keys(english).map((key) => key.split('.')[0]))
/** The names of rights look like keys: `staff.manage`. */
const RIGHTS = new Set(read('../../../src/goodword/staff/model.py').match(/^RIGHTS: Final = \(([^)]*)\)/m)![1]!.match(/[\w.]+/g))
const has = (key: string) => key in english || `${key}.other` in english

it('has a text for every key that stands in a source', () => {
  const elsewhere = Object.keys(JSON.parse(read('../../../src/goodword/texts/en/mailbox.json'))).map(stem)
  const quoted = sources('../src/').flatMap((source) => [...source.matchAll(/'([a-zA-Z]+\.[a-zA-Z_.]+)'/g)].map((found) => found[1]!))
  const asked = quoted.filter((key) => spaces.has(key.split('.')[0]!) && !RIGHTS.has(key) && !elsewhere.includes(key))
  expect(asked.length).toBeGreaterThan(200)
  expect(asked.filter((key) => !has(key))).toEqual([])
})

it('has a text for every key that is put together', () => {
  const each = (space: string, ...names: string[]) => names.map((name) => `${space}.${name}`)
  const keys = [
    ...each('view', ...VIEWS, ...VIEWS.map((view) => `${view}.short`)),
    ...each('empty', ...[...VIEWS, 'filtered', 'search'].flatMap((view) => [`${view}.title`, `${view}.what`])),
    ...each('key', ...Object.keys(BINDINGS)),
    ...each('role', ...ROLES),
    ...each('mood', 'calm', 'displeased', 'angry', 'very_upset'),
    ...each('status', 'open', 'waiting', 'snoozed', 'closed'),
    ...each('notice.handover', 'asked', 'repeated', 'missed', 'angry', 'no_knowledge', 'agent', 'policy'),
    ...each('done', 'close', 'reopen', 'snooze', 'takeOver', 'giveBack', 'tag'),
    ...each('delivery', 'queued', 'sent', 'delivered', 'retrying', 'failed', 'bounced', 'read'),
    ...each('letter.automatic', 'reply', 'notice', 'list', 'bounce', 'feedback'),
    ...each('outbox', 'sending', 'sent', 'waiting', 'failed'),
    ...each('availability', 'available', 'away', 'offline'),
    ...each('decision', 'answer', 'ask_back', 'hand_over', 'unknown'),
    ...each('snooze', 'inAnHour', 'laterToday', 'tomorrow', 'nextWeek'),
    ...each('row', 'agent', 'assistant', 'system'),
    ...each('help', 'list', 'selection', 'conversation', 'everywhere'),
    ...each('sort', ...SORTS),
    ...each('filter', ...NARROWINGS),
    ...each('priority', ...PRIORITIES),
    ...each('search', 'from', 'tag', 'is', 'has', 'before', 'after'),
    ...each('bulk', 'close', 'reopen', 'snooze', 'assign', 'tag', 'priority', 'read', 'spam', 'notSpam'),
    ...each('bulk.deed', 'done', 'snooze', 'assign', 'priority', 'tag', 'markRead', 'spam', 'notSpam'),
    ...each('fields.kind', 'text', 'number', 'choice', 'date', 'checkbox'),
    ...each('fields', 'on.conversation', 'on.customer', 'none.conversation', 'none.customer', 'new.conversation', 'new.customer'),
    ...each('field.insert', ...FIELDS),
    ...each('picker.label', 'answers', 'fields', 'colleagues', 'conversations', 'orders'),
    ...each('notice.cancelled', 'customer_wrote', 'author_gone', 'no_letters'),
    ...each('rating', 'slow', 'unclear', 'unsolved', 'impolite', 'other'),
    ...each('transcript', 'html', 'txt', 'json'),
    ...each('tier', 'plus', 'vip'),
    ...each('theme', 'auto', 'light', 'dark'),
    ...each('density', 'comfortable', 'compact'),
    ...each('settings', 'me', 'keys', 'fields', 'canned', 'channels', 'tokens'),
  ]
  expect(keys.filter((key) => !has(key))).toEqual([])
})

it('speaks of one and of many as each language does', () => {
  const said = (language: string, count: number) => texts(language, catalogue(language)).n('offline.waiting', count)
  expect(said('fr', 1)).toContain('1 message en attente')
  expect(said('en', 2)).toContain('2 messages wait')
  expect(said('ko', 1)).toContain('1개')
})
