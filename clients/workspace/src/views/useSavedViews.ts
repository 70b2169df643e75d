import { useQuery } from '@tanstack/react-query'
import { viewsQuery } from '@/app/queries'
import type { SavedView } from '@/core/model'
import { useMoved } from './useMoved'

/** Saved views with counts that follow the events. */
export function useSavedViews(): SavedView[] {
  const asked = useQuery(viewsQuery())
  const views = asked.data ?? []
  const moved = useMoved(views, asked)
  return views.map((view) => ({ ...view, count: view.count === null ? null : Math.max(0, view.count + moved(view.id)) }))
}
