import { Link } from '@tanstack/react-router'
import { Suspense, type ReactNode } from 'react'
import { part } from '@/app/part'
import { Icon, type IconName } from '@/ui/Icon'
import { MyAvailability } from '@/staff/MyAvailability'
import { useDesk, useTexts } from './context'
import css from './Rail.module.css'

const InQuarantine = part(() => import('@/channels/QuarantineBadge'))

export function Rail() {
  const { t } = useTexts()
  const { me } = useDesk()
  return (
    <nav className={css.rail} aria-label={t('rail.label')}>
      <svg className={css.mark} viewBox="0 0 28 28" aria-hidden>
        <path d="M14 1a13 13 0 1 0 0 26h11a2 2 0 0 0 2-2V14A13 13 0 0 0 14 1Z" />
      </svg>
      <Place to="/inbox/$view" params={{ view: 'mine' }} icon="inbox" word={t('rail.inbox')} />
      <Place to="/knowledge" icon="book" word={t('rail.knowledge')} />
      {me.rights.includes('supervision.watch') && <Place to="/wall" icon="wall" word={t('rail.wall')} />}
      <Place to="/team" icon="people" word={t('rail.team')} />
      <Place to="/settings/$section" params={{ section: 'me' }} icon="settings" word={t('rail.settings')}>
        {me.rights.includes('channels.manage') && (
          <Suspense fallback={null}>
            <InQuarantine seldom />
          </Suspense>
        )}
      </Place>
      <div className={css.me}>
        <MyAvailability />
      </div>
    </nav>
  )
}

interface PlaceProps {
  to: string
  params?: Record<string, string>
  icon: IconName
  word: string
  /** How much is to be done there. */
  children?: ReactNode
}

function Place({ to, params, icon, word, children }: PlaceProps) {
  const fuzzy = to.split('/')[1]!
  return (
    <Link to={to} params={params ?? {}} className={css.place} data-place={fuzzy} activeOptions={{ exact: false }}>
      {({ isActive }: { isActive: boolean }) => (
        <span className={css.inner} data-active={isActive || here(fuzzy)}>
          <Icon name={icon} />
          <span>{word}</span>
          {children}
        </span>
      )}
    </Link>
  )
}

/** A place is where its whole section is: `inbox` for every view of the inbox. */
const here = (section: string) => location.pathname.startsWith(`/workspace/${section}`)
