import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { GoodwordEvent } from '@goodword/shared/events'
import { useDesk } from '@/app/context'
import { meQuery } from '@/app/queries'
import { rowOf } from '@/core/inbox'
import { completed, loudest, shouldSound, shouldTell } from '@/core/notify'
import { play } from './tones'
import { useWords } from './words'

/** Draws nothing: makes what has just happened heard, and tells of it while the window is out of sight. */
export default function Notices() {
  const desk = useDesk()
  const words = useWords()
  const me = useQuery(meQuery()).data ?? desk.me
  const heard = useEffectEvent((events: readonly GoodwordEvent[]) => {
    const [now, preferences] = [Date.now(), completed(me.preferences)]
    const about = (event: GoodwordEvent) => rowOf(desk.inbox.get(), event.stream)
    const occasion = loudest(events.map((event) => shouldSound(event, me, preferences, now, about(event))))
    if (occasion) play(occasion, preferences.sounds.volume)
    if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return
    for (const event of events) {
      const row = about(event)
      const told = shouldTell(event, me, preferences, now, row)
      // The customer's words stay inside: a note may lie open on a screen that others see.
      if (told) note(words.t(`note.${told}`), row?.customer.name ?? '', event.stream)
    }
  })
  useEffect(() => desk.listen((events) => heard(events)), [desk])
  return null
}

function note(title: string, body: string, stream: string) {
  const shown = new Notification(title, { body, tag: stream })
  shown.onclick = () => {
    focus()
    location.assign(`/workspace/inbox/mine/${stream}`)
  }
}
