import { createContext, use } from 'react'
import type { View } from '@/core/model'
import type { InboxSearch } from '@/core/place'

/** What an open conversation may ask of the list beside it. */
export interface ListNeighbour {
  view: View
  search: InboxSearch
  /** Goes on to the conversation after this one. */
  leave(from: string): void
  /** The next three, to be fetched before they are asked for. */
  after(from: string): string[]
}

export const ListContext = createContext<ListNeighbour>({ view: 'mine', search: {}, leave: () => undefined, after: () => [] })

export const useList = () => use(ListContext)
