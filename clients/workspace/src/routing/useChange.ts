import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useDesk } from '@/app/context'
import { draw } from '@/app/draw'

/**
 * A change that is drawn at once, kept by the server, and undone by its opposite.
 *
 * `draw` shows it in what is kept under `keys[0]`; every key is asked for anew afterwards.
 */
export function useChange<T, C>({ keys, send, draw: drawn }: {
  keys: readonly QueryKey[]
  send: (change: C) => Promise<unknown>
  draw: (old: T, change: C) => T
}) {
  const desk = useDesk()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (change: C) => send(change),
    onMutate: (change) => draw<T>(client, keys[0]!, (old) => drawn(old, change)),
    onError: desk.complain,
    onSettled: () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
  /** `back`: the change that takes this one back; `said`: the key of what the toast says. */
  return (wanted: C, back: C, said: string, values: Record<string, string> = {}) =>
    change.mutate(wanted, { onSuccess: () => desk.say({ key: said, values }, { undo: () => change.mutate(back) }) })
}
