/** The conversation in the address: fetched, watched, read, with the next three fetched ahead. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useCommand } from '@/app/commands'
import { useDesk, useStore, useTexts } from '@/app/context'
import { conversationQuery } from '@/app/queries'
import { post } from '@/core/api'
import { read, type Conversation as Model, type Reading } from '@/core/conversation'
import { rowOf } from '@/core/inbox'
import type { Row } from '@/core/model'
import { Button } from '@/ui/Button'
import { Conversation } from './Conversation'
import { useList } from './listContext'
import css from './NothingOpen.module.css'

export function ConversationScreen() {
  const { id } = useParams({ strict: false }) as { id: string }
  const desk = useDesk()
  const { t } = useTexts()
  const found = useQuery(conversationQuery(desk, id))
  useWatching(id)
  usePrefetched(id)

  if (found.error && !found.data) {
    return (
      <div className={css.nothing} role="alert">
        <p>{found.error.message === 'unreachable' ? t('error.unreachable') : found.error.message}</p>
        <Button onPress={() => void found.refetch()}>{t('common.tryAgain')}</Button>
      </div>
    )
  }
  return found.data ? <Open key={id} conversation={found.data} /> : <div aria-busy />
}

function Open({ conversation }: { conversation: Model }) {
  const desk = useDesk()
  const inbox = useStore(desk.inbox)
  const reading = useMemo(() => read(conversation.events), [conversation.events])
  const row = rowOf({ ...inbox, rows: new Map([[conversation.row.id, conversation.row]]) }, conversation.row.id)!
  const unread = useReading(row, reading)
  useEffect(() => desk.outbox.confirm(reading.confirmed), [desk, reading.confirmed])
  return <Conversation conversation={conversation} row={row} reading={reading} unread={unread} />
}

function useWatching(id: string) {
  const desk = useDesk()
  useEffect(() => {
    desk.live.viewing(id)
    return () => desk.live.viewing(null)
  }, [desk, id])
}

function usePrefetched(id: string) {
  const desk = useDesk()
  const client = useQueryClient()
  const list = useList()
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const next of list.after(id)) void client.prefetchQuery(conversationQuery(desk, next))
    }, 400)
    return () => clearTimeout(timer)
  }, [id])
}

/**
 * What is on a visible screen counts as read, unless somebody has just made it unread: then it does so when the customer
 * writes, or when it is opened again. Answers how to make it unread.
 */
function useReading(row: Row, { newest, newestFromCustomer, readByAgent, markedUnread }: Reading): () => void {
  const desk = useDesk()
  const { id, seq } = row
  const [opened] = useState(newest)
  const [kept, keep] = useState(0)
  const left = markedUnread > opened || (kept > 0 && kept === newestFromCustomer)
  const unread = !left && (row.unread > 0 || newestFromCustomer > readByAgent)
  const mark = useCallback(() => {
    keep(newestFromCustomer)
    void desk.act(id, { name: 'unread' })
  }, [desk, id, newestFromCustomer])
  useCommand('markUnread', () => (row.unread || !newestFromCustomer ? false : mark()))
  useCommand('markRead', () => {
    if (!row.unread) return false
    keep(0)
    void desk.act(id, { name: 'read', seq })
  })
  useEffect(() => {
    if (!unread || !newest) return
    const tell = () => {
      if (!document.hidden) void post(`/conversations/${id}/read`, { seq: newest }).catch(() => undefined)
    }
    tell()
    document.addEventListener('visibilitychange', tell)
    return () => document.removeEventListener('visibilitychange', tell)
  }, [id, unread, newest])
  return mark
}
