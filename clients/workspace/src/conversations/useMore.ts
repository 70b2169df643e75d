import { useQueryClient } from '@tanstack/react-query'
import { listens, run } from '@/app/commands'
import { useDesk, useTexts } from '@/app/context'
import type { PaletteAction } from '@/app/paletteActions'
import { post } from '@/core/api'
import type { Command } from '@/core/keys'
import type { Conversation } from '@/core/conversation'
import { PRIORITIES, type Customer, type Priority } from '@/core/model'
import type { Opened } from './Conversation'
import { useList } from './listContext'
import { useWork } from './work'

export interface MoreDeed {
  id: string
  title: string
  command?: Command
  checked?: boolean
  run: () => void
}

export interface More {
  priorities: MoreDeed[]
  work: MoreDeed[]
  customer: MoreDeed[]
}

/** Everything that may be done to an open conversation and is not done every minute: for the menu and the palette alike. */
export function useMore({ row, conversation, reading }: Opened): More {
  const desk = useDesk()
  const { t } = useTexts()
  const list = useList()
  const work = useWork()
  const client = useQueryClient()
  const { customer } = conversation
  const whispered = row.assignee && row.assignee.id !== desk.me.id && desk.me.rights.includes('supervision.watch')
  const others = customer.conversations.some((one) => one.id !== row.id)

  const setPriority = (priority: Priority) => void desk.act(row.id, { name: 'priority', priority })
  const spam = () => {
    void desk.act(row.id, { name: 'spam', on: !row.spam })
    if (!row.spam) list.leave(row.id)
  }
  const block = async (on: boolean, quiet = false) => {
    const draw = (blocked: Customer['blocked']) =>
      client.setQueryData<Conversation>(['conversation', row.id], (old) => old && { ...old, customer: { ...old.customer, blocked: blocked ?? null } })
    draw(on ? { at: Date.now(), until: null } : null)
    if (!quiet) desk.say({ key: on ? 'done.block' : 'done.unblock', values: { name: row.customer.name } }, { undo: () => void block(!on, true) })
    try {
      await post(`/customers/${customer.id}/${on ? 'block' : 'unblock'}`)
    } catch (error) {
      draw(customer.blocked)
      desk.complain(error)
    }
  }
  const rate = () =>
    post(`/conversations/${row.id}/rating/ask`).then(() => desk.say({ key: 'done.rating', values: { name: row.customer.name } }), desk.complain)
  const copy = () => {
    const url = new URL(`/workspace/inbox/all/${row.id}`, location.href).href
    navigator.clipboard.writeText(url).then(() => desk.say({ key: 'done.copied' }), desk.complain)
  }

  return {
    priorities: PRIORITIES.toReversed().map((priority) => ({
      id: `priority-${priority}`,
      title: t(`priority.${priority}`),
      checked: row.priority === priority,
      run: () => setPriority(priority),
    })),
    work: [
      ...(row.unread || !reading.newestFromCustomer ? [] : [{ id: 'markUnread', title: t('key.markUnread'), command: 'markUnread' as const, run: work.unread }]),
      { id: 'colleague', title: t('more.colleague'), run: () => work.open('colleague') },
      ...(whispered ? [{ id: 'whisper', title: t('more.whisper', { name: row.assignee!.name }), run: () => work.open('whisper') }] : []),
      ...(others ? [{ id: 'merge', title: t('more.merge'), run: () => work.open('merge') }] : []),
      { id: 'split', title: t('more.split'), run: () => work.choose(new Set()) },
      ...(listens('forward') ? [{ id: 'forward', title: t('key.forward'), command: 'forward' as const, run: () => void run('forward') }] : []),
      { id: 'rating', title: t('more.rating'), run: () => void rate() },
      { id: 'copyLink', title: t('more.copyLink'), run: copy },
      { id: 'transcript', title: t('more.transcript'), run: () => work.open('transcript') },
    ],
    customer: [
      { id: 'spam', title: t(row.spam ? 'more.notSpam' : 'more.spam'), command: 'spam', run: spam },
      { id: 'block', title: t(customer.blocked ? 'more.unblock' : 'more.block', { name: row.customer.name || t('customer.anonymous') }), run: () => void block(!customer.blocked) },
    ],
  }
}

/** The same, as the palette lists it. */
export function asPaletteActions(more: More, nameOfPriority: (title: string) => string, keyOf: (command: Command) => string): PaletteAction[] {
  const named = more.priorities.filter((one) => !one.checked).map((one) => ({ ...one, title: nameOfPriority(one.title) }))
  return [...more.work, ...more.customer, ...named].map(({ id, title, command, run }) => ({
    id: `conversation-${id}`,
    title,
    keys: command && keyOf(command),
    run,
    group: 'conversation' as const,
  }))
}
