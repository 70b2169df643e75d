/** The frame of every screen: the rail, the screen, what floats above both. */

import { Outlet } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { ahead, part } from '@/app/part'
import { fetchMenus } from '@/ui/Menu'
import { Toasts } from '@/ui/Toasts'
import { useDesk, useStore, useTexts } from './context'
import { useCommand, useGlobalKeys, useSheets } from './commands'
import { begin, beginning } from './beginning'
import { Rail } from './Rail'
import css from './Frame.module.css'

const Palette = part(() => import('./Palette'))
const Beginnings = part(() => import('@/conversations/Beginnings'))
const Shortcuts = part(() => import('./Shortcuts'))
const Focus = part(() => import('@/staff/Focus'))
const Notices = part(() => import('@/security/Notices'))
const PauseOffer = part(() => import('@/supervision/PauseOffer'))

export function Frame() {
  const desk = useDesk()
  const { t } = useTexts()
  const [sheet, show] = useSheets()
  const asked = useStore(beginning) !== null
  const begun = useStore(desk.outbox.entries).some((entry) => entry.begins) || asked
  useGlobalKeys()
  useCommand('palette', () => show('palette'))
  useCommand('help', () => show('help'))
  useCommand('newConversation', () => (desk.me.rights.includes('conversations.answer') ? begin() : false))
  useCommand('undo', () => {
    const last = desk.toasts.get().findLast((toast) => toast.undo)
    last?.undo?.()
    if (last) desk.hush(last.id)
  })
  useWakeUps()
  useLaterParts()
  useLiveEverywhere()

  return (
    <div className={css.frame}>
      <a className={css.skip} href="#work">
        {t('frame.skip')}
      </a>
      <Rail />
      <div className={css.screen}>
        <Offline />
        <Suspense fallback={null}>
          <Notices />
          <Focus />
          <PauseOffer />
        </Suspense>
        <Outlet />
      </div>
      <Toasts />
      <Suspense fallback={null}>
        {sheet === 'palette' && <Palette onClose={() => show(null)} />}
        {sheet === 'help' && <Shortcuts onClose={() => show(null)} />}
        {begun && <Beginnings />}
      </Suspense>
    </div>
  )
}

/** Whoever begins on another screen than the inbox is there all the same, for colleagues and for customers. */
function useLiveEverywhere() {
  const desk = useDesk()
  useEffect(() => {
    const inbox = location.pathname.startsWith('/workspace/inbox')
    if (!inbox && !desk.live.cursor()) void desk.page('/conversations?view=mine&limit=50').catch(() => undefined)
  }, [desk])
}

/** What the first look does not need, but the next press may: fetched when the screen has come to rest. */
function useLaterParts() {
  useEffect(() => {
    const timer = setTimeout(() => ahead(fetchMenus), 1500)
    return () => clearTimeout(timer)
  }, [])
}

function useWakeUps() {
  const desk = useDesk()
  useEffect(() => {
    const wake = () => {
      if (document.hidden) return
      desk.live.wake()
      desk.outbox.wake()
    }
    addEventListener('online', wake)
    document.addEventListener('visibilitychange', wake)
    return () => {
      removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', wake)
    }
  }, [desk])
}

/** Without network work goes on: says so, and how much waits to be sent. */
function Offline() {
  const desk = useDesk()
  const { t, n } = useTexts()
  const connection = useStore(desk.connection)
  const waiting = useStore(desk.outbox.entries).filter((entry) => entry.state === 'waiting').length
  const away = connection === 'lost' || waiting > 0
  return (
    <div role="status" aria-live="polite">
      {away && (
        <p className={css.offline}>
          {t('offline.title')} {waiting > 0 ? n('offline.waiting', waiting) : t('offline.what')}
        </p>
      )}
    </div>
  )
}
