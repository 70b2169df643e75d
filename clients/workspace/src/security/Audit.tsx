import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useNow, useTexts } from '@/app/context'
import { agentsQuery } from '@/app/queries'
import { BASE, post, query } from '@/core/api'
import { age, clock, dayName } from '@/core/time'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Field, Select } from '@/ui/Field'
import own from './Audit.module.css'
import { asked, chainQuery, entriesPage, type AuditFilter, type Chain, type Entry } from './queries'
import { useWords } from './words'

const NOTHING: AuditFilter = { kind: '', person: '', from: '', to: '' }

/** Who did what and when; whether the record is still what it was; and the way to take it along. */
export function Audit() {
  const words = useWords()
  const [filter, set] = useState(NOTHING)
  const found = useInfiniteQuery({
    queryKey: ['audit', 'entries', filter],
    queryFn: ({ pageParam }) => entriesPage(filter, pageParam),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    refetchOnMount: 'always',
  })
  const pages = found.data?.pages ?? []
  const entries = pages.flatMap((page) => page.entries)
  const file = (format: string) => `${BASE}/audit/export${query({ format, ...asked(filter) })}`
  return (
    <section>
      <ChainState />
      <Narrowing filter={filter} kinds={pages[0]?.kinds ?? []} onChange={set} />
      <div className={own.files}>
        <a href={file('csv')} download>
          {words.t('audit.csv')}
        </a>
        <a href={file('jsonl')} download>
          {words.t('audit.jsonl')}
        </a>
      </div>
      {found.isSuccess && entries.length === 0 && <p className={css.soft}>{words.t('audit.none')}</p>}
      <Entries entries={entries} />
      {found.hasNextPage && <Button onPress={() => void found.fetchNextPage()}>{words.t('audit.more')}</Button>}
    </section>
  )
}

function Narrowing({ filter, kinds, onChange }: { filter: AuditFilter; kinds: string[]; onChange: (filter: AuditFilter) => void }) {
  const words = useWords()
  const agents = useQuery(agentsQuery()).data ?? []
  const field = (name: keyof AuditFilter) => ({
    value: filter[name],
    onChange: (event: { target: { value: string } }) => onChange({ ...filter, [name]: event.target.value }),
  })
  return (
    <div className={own.filter}>
      <Select label={words.t('audit.kind')} {...field('kind')}>
        <option value="">{words.t('audit.all')}</option>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {words.t(`kind.${kind}`)}
          </option>
        ))}
      </Select>
      <Select label={words.t('audit.person')} {...field('person')}>
        <option value="">{words.t('audit.everyone')}</option>
        {agents.map((agent) => (
          <option key={agent.id} value={agent.id}>
            {agent.name}
          </option>
        ))}
      </Select>
      <Field label={words.t('audit.from')} type="date" {...field('from')} />
      <Field label={words.t('audit.to')} type="date" {...field('to')} />
    </div>
  )
}

function Entries({ entries }: { entries: Entry[] }) {
  const words = useWords()
  const { language } = useTexts()
  const now = useNow()
  const days = new Map<string, Entry[]>()
  for (const entry of entries) {
    const day = dayName(entry.at, now, language)
    days.set(day, [...(days.get(day) ?? []), entry])
  }
  return [...days].map(([day, ofDay]) => (
    <section key={day}>
      <h2 className={own.day}>{day}</h2>
      <ul className={own.entries}>
        {ofDay.map((entry) => (
          <li key={entry.seq}>
            <time dateTime={new Date(entry.at).toISOString()}>{clock(entry.at, language)}</time>
            <details>
              <summary>
                <b>{entry.actor.name || words.t('audit.system')}</b> {words.t(`entry.${entry.type}`)}
                {about(entry) && <> · {about(entry)}</>}
              </summary>
              <code className={css.code}>{JSON.stringify(entry.data, null, 1)}</code>
            </details>
            <span className={css.soft}>#{entry.seq}</span>
          </li>
        ))}
      </ul>
    </section>
  ))
}

/** The name of what it was done to; nothing where that is the doer himself. */
function about({ data, actor }: Entry): string {
  const named = Object.values(data).find((value): value is { name: string } => typeof (value as { name?: unknown } | null)?.name === 'string')
  const name = named?.name ?? (typeof data['name'] === 'string' ? data['name'] : '')
  const where = typeof data['address'] === 'string' ? data['address'] : ''
  return [name === actor.name ? '' : name, where].filter(Boolean).join(' · ')
}

function ChainState() {
  const words = useWords()
  const { t, language } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const now = useNow(5_000)
  const chain = useQuery(chainQuery()).data
  const [askedAt, ask] = useState(0)
  if (!chain) return null
  const checking = askedAt > 0 && (chain.last?.at ?? 0) < askedAt
  const check = () => {
    ask(Date.now())
    void post('/audit/check').then(() => client.invalidateQueries({ queryKey: ['audit', 'chain'] }), desk.complain)
  }
  return (
    <div className={css.card} role="status">
      <div className={css.line}>
        <span className={chain.last?.trouble ? own.broken : undefined}>{verdict(chain, words, age(chain.last?.at ?? 0, now, language, t('time.now')))}</span>
        <Button small onPress={check} isDisabled={checking}>
          {words.t(checking ? 'audit.checking' : 'audit.check')}
        </Button>
      </div>
      {chain.waiting > 0 && <span className={css.soft}>{words.n('audit.waiting', chain.waiting)}</span>}
      {chain.linked > 0 && (
        <details>
          <summary className={css.soft}>{words.t('audit.head')}</summary>
          <code className={css.code}>{chain.head}</code>
        </details>
      )}
    </div>
  )
}

function verdict({ last }: Chain, words: ReturnType<typeof useWords>, when: string): string {
  if (!last) return words.t('audit.never')
  if (!last.trouble) return words.t('audit.sound', { count: last.checked, when })
  const { kind, position, seq } = last.trouble
  return words.t(`trouble.${kind}`, { position, seq: seq ?? '' })
}
