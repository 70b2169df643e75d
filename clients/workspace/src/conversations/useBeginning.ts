import { useState } from 'react'
import type { Beginning } from '@/app/beginning'
import { useDesk } from '@/app/context'

type Written = Pick<Beginning, 'letter' | 'text' | 'channel_id'>

/** The letter as far as it is written: kept at each key, so that a sheet that was closed opens with what stood in it. */
export function useBeginning(begun: Beginning) {
  const { me } = useDesk()
  const key = `gw.begun.${me.id}.${begun.customer?.address ?? ''}`
  const [now, setNow] = useState<Written>(() => (begun.problem ? begun : (kept(key) ?? begun)))
  return {
    ...now,
    write(change: Partial<Written>) {
      const { letter, text, channel_id } = { ...now, ...change }
      setNow({ letter, text, channel_id })
      localStorage.setItem(key, JSON.stringify({ letter, text, channel_id }))
    },
    forget: () => localStorage.removeItem(key),
  }
}

function kept(key: string): Written | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Written | null
  } catch {
    return null
  }
}
