import { useRef } from 'react'
import { useDesk } from '@/app/context'
import { post, remove } from '@/core/api'
import type { Addressing } from '@/core/addressing'
import type { Macro } from '@/core/macros'
import { readers } from '@/core/names'
import type { Attachment, ComposeKind, Row } from '@/core/model'

export interface Words {
  kind: ComposeKind
  text: string
  attachments: Attachment[]
  mentions: string[]
  /** The canned answers that the text was made from. */
  canned: string[]
  /** The newest event that was there when the writing began. */
  seen_seq: number | null
  /** As its writer has addressed it; null: to the usual recipients. */
  letter: Addressing | null
}

interface Changed {
  conversation: Row
}

/** The ways in which words leave the box. */
export function useSending(row: Row) {
  const desk = useDesk()
  const here = `/conversations/${row.id}`
  const tried = useRef({ what: '', client_id: '' })

  /** One for the same wish however often it is tried, so that an answer lost on the way makes no second deed of it. */
  const idOf = (...wish: unknown[]) => {
    const what = JSON.stringify([row.id, ...wish])
    if (tried.current.what !== what) tried.current = { what, client_id: crypto.randomUUID() }
    return tried.current.client_id
  }
  const done = () => (tried.current = { what: '', client_id: '' })

  return {
    /** Now, through the outbox: drawn at once, and sent when there is a network. */
    send(words: Words, then: 'close' | 'snooze' | null = null, until: number | null = null) {
      desk.outbox.add({ ...words, client_id: crypto.randomUUID(), conversation_id: row.id, then, until, at: Date.now() })
    },

    /** Later. Answers whether the server has it. */
    async schedule({ text, attachments, canned, letter }: Words, send_at: number): Promise<boolean> {
      const body = { client_id: idOf('later', text, letter), text, attachments: attachments.map((file) => file.id), send_at, then: null, only_if_silent: !letter?.forwards, canned, ...(letter && { letter }) }
      try {
        const { scheduled_id } = await post<{ scheduled_id: string }>(`${here}/scheduled`, body)
        done()
        const undo = () => void remove(`${here}/scheduled/${scheduled_id}`).catch(desk.complain)
        desk.say({ key: 'done.scheduled', values: { name: letter ? readers(letter) : row.customer.name } }, { undo })
        return true
      } catch (error) {
        desk.complain(error)
        return false
      }
    },

    /** Every step of a macro, its reply worded as it stands in the box. Answers whether it was done. */
    async apply(macro: Macro, text: string): Promise<boolean> {
      try {
        const answer = await post<Changed & { undo: string | null }>(`${here}/macros/${macro.id}`, { client_id: idOf(macro.id, text), text: text || null })
        done()
        desk.took(answer.conversation)
        const undo = answer.undo && (() => void post<Changed>(`${here}/applied/${answer.undo}/undo`).then(({ conversation }) => desk.took(conversation), desk.complain))
        desk.say({ key: 'done.macro', values: { macro: macro.name } }, undo ? { undo } : {})
        return true
      } catch (error) {
        desk.complain(error)
        return false
      }
    },
  }
}
