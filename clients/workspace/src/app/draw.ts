import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Shows a change in what is kept under `queryKey` before the server has answered. */
export function draw<T>(client: QueryClient, queryKey: QueryKey, change: (old: T) => T) {
  // What is being fetched does not know of this change yet, and would take it off the screen again.
  void client.cancelQueries({ queryKey })
  client.setQueryData<T>(queryKey, (old) => old && change(old))
}
