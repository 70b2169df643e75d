import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useDesk } from '@/app/context'

/**
 * A change that is drawn at once, kept by the server, and undone by its opposite.
 *
 * `draw` shows it in what is kept under `keys[0]`; every key is asked for anew afterwards.
 */
export function useChange<T, C>({ keys, send, draw }: {
  keys: readonly QueryKey[]
  send: (change: C) => Promise<unknown>
  draw: (old: T, change: C) => T
}) {
  const desk = useDesk()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (change: C) => send(change),
    // What is being fetched does not know of this change yet, and would take it off the screen again.
    onMutate: async (change) => {
      const stopped = Promise.all(keys.map((queryKey) => client.cancelQueries({ queryKey })))
      client.setQueryData<T>(keys[0]!, (old) => old && draw(old, change))
      await stopped
    },
    onError: desk.complain,
    onSettled: () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
  /** `back`: the change that takes this one back; `said`: the key of what the toast says. */
  return (wanted: C, back: C, said: string, values: Record<string, string> = {}) =>
    change.mutate(wanted, { onSuccess: () => desk.say({ key: said, values }, { undo: () => change.mutate(back) }) })
}
