import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useDesk } from '@/app/context'
import { get } from '@/core/api'
import { startOfDay } from '@/core/time'
import type { WallNow } from '@/core/wall'

const SETTLED = 1_500
const LOOKED_AGAIN = 15_000

/** The wall, fetched anew when something has happened, at most every second and a half, so that numbers don't jitter. */
export function useWall(paused: boolean) {
  const desk = useDesk()
  const client = useQueryClient()
  useEffect(() => {
    if (paused) return
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = desk.inbox.watch(() => {
      timer ??= setTimeout(() => {
        timer = null
        void client.invalidateQueries({ queryKey: ['wall'] })
      }, SETTLED)
    })
    return () => {
      stop()
      if (timer) clearTimeout(timer)
    }
  }, [client, desk, paused])
  return useQuery({
    queryKey: ['wall'],
    queryFn: ({ signal }) => get<WallNow>(`/supervision/wall?since=${startOfDay(Date.now())}`, signal),
    refetchInterval: paused ? false : LOOKED_AGAIN,
    placeholderData: keepPreviousData,
  })
}
