/** What may be done to saved views. Each deed is seen at once and told with Undo where there is a way back. */

import { useQueryClient } from '@tanstack/react-query'
import { useDesk } from '@/app/context'
import { draw } from '@/app/draw'
import { viewsQuery } from '@/app/queries'
import { patch, post, remove } from '@/core/api'
import type { SavedView, View } from '@/core/model'
import { filterOf, type InboxSearch } from '@/core/place'

type Change = Partial<Pick<SavedView, 'name' | 'shared' | 'filter'>>

export function useChangeView() {
  const desk = useDesk()
  const client = useQueryClient()
  const key = viewsQuery().queryKey
  const drawn = (change: (views: SavedView[]) => SavedView[]) => draw<SavedView[]>(client, key, change)
  const again = () => client.invalidateQueries({ queryKey: key })

  const change = async (one: SavedView, to: Change, undo = true) => {
    drawn((views) => views.map((view) => (view.id === one.id ? { ...view, ...to } : view)))
    try {
      await patch(`/views/${one.id}`, to)
      const back = Object.fromEntries(Object.keys(to).map((name) => [name, one[name as keyof Change]])) as Change
      if (undo) desk.say({ key: 'views.changed', values: { name: to.name ?? one.name } }, { undo: () => void change(one, back, false) })
    } catch (error) {
      desk.complain(error)
    }
    await again()
  }

  const bring = async ({ name, filter, shared }: Pick<SavedView, 'name' | 'filter' | 'shared'>): Promise<SavedView> => {
    const answer = await post<SavedView | { view: SavedView }>('/views', { name, filter, shared })
    await again()
    return 'view' in answer ? answer.view : answer
  }

  return {
    change,
    bring,
    filter: (one: SavedView, view: View, search: InboxSearch) => change(one, { filter: filterOf(view, search) }),
    drop: async (one: SavedView) => {
      drawn((views) => views.filter((view) => view.id !== one.id))
      try {
        await remove(`/views/${one.id}`)
        desk.say({ key: 'views.removed', values: { name: one.name } }, { undo: () => void bring(one).catch(desk.complain) })
      } catch (error) {
        desk.complain(error)
        await again()
      }
    },
  }
}
