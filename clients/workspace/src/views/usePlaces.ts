/** Everywhere the inbox can be looked at from, in groups, each place with its count where it is known. */

import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDesk, useStore, useTexts } from '@/app/context'
import { channelsQuery, teamsQuery } from '@/app/queries'
import { SORTS } from '@/core/filter'
import { MOODS, VIEWS, type SavedView, type View } from '@/core/model'
import { parameters, placeOf, withOne, type InboxSearch } from '@/core/place'
import { useSlices, type Slice } from './useSlices'

export interface Place {
  id: string
  name: string
  detail?: string | number | undefined
  current: boolean
  go: () => void
}

export interface Group {
  id: string
  title: string
  places: Place[]
}


export function usePlaces(view: View, search: InboxSearch, saved: readonly SavedView[]): Group[] {
  const { t } = useTexts()
  const desk = useDesk()
  const navigate = useNavigate()
  const counts = useStore(desk.inbox).counts
  const teams = useQuery(teamsQuery()).data ?? []
  const channels = useQuery(channelsQuery()).data ?? []
  const slices = {
    teams: teams.map(({ id, name }) => ({ of: 'teams' as const, id, name, filter: { team: id } })),
    channels: channels.map(({ id, name }) => ({ of: 'channels' as const, id, name, filter: { channel: id } })),
    moods: MOODS.slice(1).map((mood) => ({ of: 'moods' as const, id: mood, name: t(`mood.${mood}`), filter: { mood: [mood] } })),
  }
  const countOf = useSlices(Object.values(slices).flat())
  const here = parameters(view, search)

  const place = (id: string, name: string, to: View, where: InboxSearch, detail?: string | number | null): Place => ({
    id,
    name,
    detail: detail ?? undefined,
    current: search.saved === where.saved && parameters(to, where) === here,
    go: () => void navigate({ to: '/inbox/$view', params: { view: to }, search: where }),
  })
  const slice = (one: Slice & { name: string }) => place(one.id, one.name, 'all', placeOf(one.filter).search, countOf(one))

  const groups: Group[] = [
    { id: 'views', title: t('list.views'), places: VIEWS.map((one) => place(one, t(`view.${one}`), one, {}, counts[one])) },
    {
      id: 'saved',
      title: t('views.saved'),
      places: saved.map((one) => {
        const to = placeOf(one.filter, one.id)
        return { ...place(one.id, one.name, to.view, to.search, one.count), current: one.id === search.saved }
      }),
    },
    {
      id: 'sort',
      title: t('sort.title'),
      places: SORTS.map((sort) => ({
        ...place(`sort-${sort}`, t(`sort.${sort}`), view, withOne(search, 'sort', sort === 'newest' ? null : sort)),
        current: (search.sort ?? 'newest') === sort,
      })),
    },
    { id: 'teams', title: t('filter.team'), places: slices.teams.map(slice) },
    { id: 'channels', title: t('filter.channel'), places: slices.channels.map(slice) },
    { id: 'moods', title: t('filter.mood'), places: slices.moods.map(slice) },
  ]
  return groups.filter((group) => group.places.length > 0)
}
