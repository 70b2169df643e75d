/** How screens reach the desk, the texts and the clock. */

import { createContext, use, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Texts } from '@goodword/shared/texts'
import type { Store } from '@/core/store'
import type { Desk } from './desk'

export const TextsContext = createContext<Texts | null>(null)
export const DeskContext = createContext<Desk | null>(null)

export function useTexts(): Texts {
  const texts = use(TextsContext)
  if (!texts) throw new Error('no texts here')
  return texts
}

export function useDesk(): Desk {
  const desk = use(DeskContext)
  if (!desk) throw new Error('nobody is signed in here')
  return desk
}

export function useStore<T>(store: Pick<Store<T>, 'get' | 'watch'>): T {
  return useSyncExternalStore(store.watch, store.get)
}

/** The time, told anew every `every` milliseconds. */
export function useNow(every = 30_000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}

export function useMedia(query: string): boolean {
  const watch = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(watch, () => matchMedia(query).matches)
}
