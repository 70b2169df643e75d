import { useEffect, useRef } from 'react'
import { useDesk } from '@/app/context'

const AGAIN = 3000
const IDLE = 4000

/** Tells the customer's side that somebody writes: at most every three seconds, and when it ends. */
export function useTyping(conversation_id: string) {
  const desk = useDesk()
  const toldAt = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const tell = (on: boolean) => desk.live.send({ kind: 'typing', conversation_id, on })
  const stop = () => {
    clearTimeout(timer.current)
    if (!toldAt.current) return
    toldAt.current = 0
    tell(false)
  }
  const key = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(stop, IDLE)
    if (Date.now() - toldAt.current < AGAIN) return
    toldAt.current = Date.now()
    tell(true)
  }
  useEffect(() => stop, [])
  return { key, stop }
}
