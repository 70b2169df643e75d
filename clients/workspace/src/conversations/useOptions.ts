import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useDesk, useStore, useTexts } from '@/app/context'
import { agentsQuery, cannedQuery, macrosQuery } from '@/app/queries'
import { query } from '@/core/api'
import { FIELDS, filled, languageOf, matching, textIn } from '@/core/canned'
import { rowOf } from '@/core/inbox'
import { fitting, type Macro } from '@/core/macros'
import type { Row } from '@/core/model'
import { nameIn } from '@/core/texts'
import type { Trigger } from '@/core/triggers'
import type { Opened } from './Conversation'
import { nameOf } from './RowLine'
import { useFields } from './useFields'

/** What is put in place of the mark and its word: words, or a macro that waits to be carried out. */
export type Choice = { text: string; canned?: string | undefined } | { macro: Macro }

export interface Option {
  id: string
  title: string
  detail?: string | undefined
  lang?: string | null | undefined
  /** All of it, shown beside the list while it is marked. */
  whole?: string
  macro?: Macro
  text?: string
  /** The canned answer that the text is. */
  canned?: string
}

const MOST = 8
const NOTHING: Offer = { options: [], coming: false }

export interface Offer {
  options: Option[]
  /** More may come: not everything that is offered is known yet. */
  coming: boolean
}

/** What a mark offers. Every hook asks only while its own mark is open. */
export function useOptions(trigger: Trigger, opened: Opened): Offer {
  const answers = useAnswers(trigger, opened)
  const colleagues = useColleagues(trigger)
  const conversations = useConversations(trigger, opened)
  const fields = useFieldOptions(trigger, opened)
  switch (trigger.mark) {
    case '/':
      return answers
    case '{':
      return { options: fields, coming: false }
    case '@':
      return colleagues
    case '#':
      return conversations
    case '>':
      return { options: orders(trigger, opened), coming: false }
  }
}

function useAnswers({ mark, word }: Trigger, opened: Opened): Offer {
  const { t, language } = useTexts()
  const open = mark === '/'
  const macros = useQuery({ ...macrosQuery(), enabled: open })
  const canned = useQuery({ ...cannedQuery(), enabled: open })
  const fields = useFields(opened)
  if (!open) return NOTHING
  const wanted = opened.row.language
  const options = [
    ...fitting(macros.data ?? [], word).slice(0, MOST).map((macro) => ({ id: macro.id, title: macro.name, detail: t('picker.macro'), macro })),
    ...matching(canned.data ?? [], word, wanted).map((one) => {
      const comesIn = languageOf(one, wanted)
      const text = filled(textIn(one, wanted), fields)
      const other = comesIn && wanted && comesIn !== wanted ? t('picker.onlyIn', { language: nameIn(language, comesIn) }) : undefined
      return { id: one.id, title: `/${one.key}`, detail: other ?? text, lang: other ? undefined : comesIn, whole: text, text, canned: one.id }
    }),
  ]
  return { options, coming: macros.isLoading || canned.isLoading }
}

function useFieldOptions({ mark, word }: Trigger, opened: Opened): Option[] {
  const { t } = useTexts()
  const fields = useFields(opened)
  if (mark !== '{') return []
  return FIELDS.filter((name) => name.startsWith(word.toLowerCase()) || t(`field.insert.${name}`).toLocaleLowerCase().startsWith(word.toLocaleLowerCase())).map(
    (name) => ({ id: name, title: t(`field.insert.${name}`), detail: fields[name] || t('picker.emptyField'), text: fields[name] || `{${name}}` }),
  )
}

function useColleagues({ mark, word }: Trigger): Offer {
  const desk = useDesk()
  const { t } = useTexts()
  const agents = useQuery({ ...agentsQuery(), enabled: mark === '@' })
  const others = (agents.data ?? []).filter((agent) => agent.id !== desk.me.id && !agent.disabled)
  const options = fitting(others, word)
    .slice(0, MOST)
    .map((agent) => ({
      id: agent.id,
      title: agent.name,
      detail: t(`availability.${agent.online ? agent.availability : 'offline'}`),
      text: `@${agent.name}`,
    }))
  return { options, coming: agents.isLoading }
}

/** The customer's others first, then those that are known here, then those that the server finds. */
function useConversations({ mark, word }: Trigger, { conversation, row }: Opened): Offer {
  const desk = useDesk()
  const { t } = useTexts()
  const inbox = useStore(desk.inbox)
  const q = useDeferredValue(word)
  const asked = useQuery({
    queryKey: ['inbox', 'picker', q],
    queryFn: ({ signal }) => desk.page(`/conversations${query({ view: 'all', q, limit: MOST })}`, signal),
    enabled: mark === '#' && q.length > 0,
    placeholderData: (old) => old,
    staleTime: 10_000,
  })
  if (mark !== '#') return NOTHING
  const wanted = word.toLocaleLowerCase()
  const others = conversation.customer.conversations.filter((one) => one.id !== row.id && String(one.number).startsWith(word))
  const named = (one: Row) => ({ id: one.id, number: one.number, words: `${nameOf(one, t('customer.anonymous'))} · ${one.subject || one.preview?.text || ''}` })
  const known = word ? [...inbox.rows.keys()].map((id) => rowOf(inbox, id)!).filter((one) => fits(one, wanted)) : []
  const found = [
    ...others.map((one) => ({ id: one.id, number: one.number, words: `${row.customer.name} · ${one.preview}` })),
    ...[...known, ...(asked.data?.conversations ?? [])].filter((one) => one.id !== row.id).map(named),
  ]
  const unique = found.filter((one, index) => found.findIndex((other) => other.id === one.id) === index)
  const options = unique.slice(0, MOST).map((one) => ({ id: one.id, title: `#${one.number}`, detail: one.words, text: `#${one.number}` }))
  return { options, coming: asked.isFetching || q !== word }
}

const fits = (row: Row, wanted: string) => String(row.number).startsWith(wanted) || row.customer.name.toLocaleLowerCase().includes(wanted)

function orders({ mark, word }: Trigger, { conversation }: Opened): Option[] {
  if (mark !== '>') return []
  const wanted = word.toLowerCase()
  return conversation.customer.orders
    .filter((order) => order.number.toLowerCase().includes(wanted))
    .slice(0, MOST)
    .map((order) => ({ id: order.number, title: order.number, detail: order.items.map((item) => item.name).join(', '), text: order.number }))
}
