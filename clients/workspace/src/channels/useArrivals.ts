import { useQueryClient } from '@tanstack/react-query'
import { useDesk } from '@/app/context'
import { post } from '@/core/api'
import { STATES, type Arrival, type Arrivals, type WholeArrival } from './queries'

/** What a person may have done with something that came in. It leaves its list at once; its bytes are always kept. */
export function useArrivals() {
  const desk = useDesk()
  const client = useQueryClient()
  const again = () => client.invalidateQueries({ queryKey: ['arrivals'] })
  const takeOff = ({ id, state }: Arrival) => {
    for (const list of STATES) {
      client.setQueryData<Arrivals>(['arrivals', list], (old) => old && without(old, id, state))
    }
  }
  const attempt = async (arrival: Arrival, deed: string, body: unknown = {}) => {
    await client.cancelQueries({ queryKey: ['arrivals'] })
    takeOff(arrival)
    try {
      const next = await post<Arrival>(`/arrivals/${arrival.id}/${deed}`, body)
      client.setQueryData<WholeArrival>(['arrivals', 'one', arrival.id], (old) => old && { ...old, arrival: next })
      return true
    } catch (error) {
      desk.complain(error)
      return false
    } finally {
      void again()
    }
  }
  const replay = async (arrival: Arrival, quiet = false) => {
    if ((await attempt(arrival, 'replay')) && !quiet) desk.say({ key: 'arrivals.replayed' })
  }
  return {
    replay,
    mend: (arrival: Arrival, raw_text: string) => attempt(arrival, 'mend', { raw_text }),
    /** Its bytes are kept, so that it can be read again: that is the way back. */
    drop: async (arrival: Arrival) => {
      if (await attempt(arrival, 'drop')) desk.say({ key: 'arrivals.dropped' }, { undo: () => void replay(arrival, true) })
    },
  }
}

function without(old: Arrivals, id: string, state: Arrival['state']): Arrivals {
  if (!old.arrivals.some((one) => one.id === id)) return old
  const counts = state in old.counts ? { ...old.counts, [state]: old.counts[state as keyof Arrivals['counts']] - 1 } : old.counts
  return { arrivals: old.arrivals.filter((one) => one.id !== id), counts }
}
