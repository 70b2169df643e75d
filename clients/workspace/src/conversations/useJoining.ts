import { useQueryClient } from '@tanstack/react-query'
import { useDesk } from '@/app/context'
import { post } from '@/core/api'
import type { Row } from '@/core/model'

interface Answer {
  conversation: Row
}

/** Deeds on more than one conversation: each taken back as it was done, and read anew since their time lines change hands. */
export function useJoining(row: Row) {
  const desk = useDesk()
  const client = useQueryClient()

  const anew = (...ids: string[]) => Promise.all(ids.map((id) => client.invalidateQueries({ queryKey: ['conversation', id] })))
  const ask = async (path: string, body: unknown, ...others: string[]): Promise<Row | null> => {
    try {
      const { conversation } = await post<Answer>(`/conversations/${path}`, body)
      desk.took(conversation)
      await anew(row.id, conversation.id, ...others)
      return conversation
    } catch (error) {
      desk.complain(error)
      return null
    }
  }
  const joining = {
    /** Shows the other one in this one's time line. */
    async merge(other: { id: string; number: number }) {
      const undo = () => void joining.unmerge(other.id)
      if (await ask(`${other.id}/merge`, { into: row.id }, other.id)) desk.say({ key: 'done.merge', values: { number: `#${other.number}` } }, { undo })
    },
    unmerge: (source: string) => ask(`${source}/unmerge`, {}, source),
    /** Moves messages into a conversation of their own. */
    async split(message_ids: string[]) {
      const made = await ask(`${row.id}/split`, { message_ids })
      if (!made) return
      desk.say({ key: 'done.split', values: { number: `#${made.number}` } }, { undo: () => void joining.unsplit(made.id) })
    },
    unsplit: (into: string) => ask(`${row.id}/unsplit`, { into }, into),
  }
  return joining
}
