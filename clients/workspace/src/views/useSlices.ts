import { useQuery } from '@tanstack/react-query'
import { slicesQuery } from '@/app/queries'
import type { Filter } from '@/core/filter'
import type { Slices } from '@/core/model'
import { useMoved } from './useMoved'

/** A team, a channel or a mood of the view `all`; `of` and `id` say where the server counts it. */
export interface Slice {
  of: keyof Slices
  id: string
  filter: Filter
}

/** How many conversations each slice holds now; null while that isn't known. */
export function useSlices(slices: readonly Slice[]): (slice: Slice) => number | null {
  const asked = useQuery(slicesQuery())
  const moved = useMoved(slices, asked)
  const counted = asked.data
  return ({ of, id }) => (counted ? Math.max(0, (counted[of][id] ?? 0) + moved(id)) : null)
}
