import { Suspense } from 'react'
import type { Numbered } from '@goodword/shared/events'
import type { Texts } from '@goodword/shared/texts'
import { part } from '@/app/part'
import { useNow, useTexts } from '@/app/context'
import { clock, moment } from '@/core/time'
import type { NoticeEvent } from '@/core/timeline'
import type { Opened } from './Conversation'
import css from './Notice.module.css'
import { ToConversation } from './Words'

const NoticeDeeds = part(() => import('./NoticeDeeds'))

/** Notices that nothing can be done about: most of them. */
const PLAIN: ReadonlySet<string> = new Set(['Assigned', 'StatusChanged', 'Queued', 'HandoverRequested', 'NobodyAvailable', 'CustomerRenamed', 'TeamLeft', 'PriorityChanged', 'ConversationOpened', 'Bounced', 'DeliveryFailed', 'ReplyRequeued', 'CarriedOn'])

/** What happened between the words, said in a line, with the way back where there is one. */
export function Notice({ event, opened }: { event: NoticeEvent; opened: Opened }) {
  const texts = useTexts()
  const now = useNow(300_000)
  const words = said(event, texts, now)
  if (!words) return null
  const other = otherOf(event)
  return (
    <p className={css.notice} data-type={event.type}>
      {words} {other && <ToConversation {...other} />} <time>{clock(event.at, texts.language)}</time> {!PLAIN.has(event.type) && (
        <Suspense fallback={null}>
          <NoticeDeeds event={event} opened={opened} />
        </Suspense>
      )}
    </p>
  )
}

/** The conversation that the notice is about, too. */
function otherOf(event: NoticeEvent): Numbered | null {
  switch (event.type) {
    case 'ConversationMerged':
    case 'MessagesSplitOff':
      return event.data.into
    case 'ConversationJoined':
    case 'ConversationLeft':
    case 'MessagesMovedHere':
      return event.data.source
    case 'ConversationOpened':
      return event.data.follows ?? null
    default:
      return null
  }
}

function said(event: NoticeEvent, { t, n, language }: Texts, now: number): string | null {
  const by = event.actor.name
  switch (event.type) {
    case 'Assigned': {
      const { agent, team, reason, previous } = event.data
      if (agent && event.actor.id === agent.id) return t('notice.taken', { name: agent.name })
      if (agent && reason === 'overflow') return t('notice.overflow', { name: agent.name })
      if (agent && reason === 'returned') return t('notice.returned', { name: agent.name, previous: previous?.name ?? '' })
      if (agent) return t(reason === 'routed' ? 'notice.routed' : 'notice.assigned', { name: agent.name, by })
      if (reason === 'returned') return t('notice.waitsAgain', { previous: previous?.name ?? '' })
      return team ? t('notice.team', { name: team.name }) : t('notice.released')
    }
    case 'StatusChanged': {
      const { status, until, reason } = event.data
      if (status === 'snoozed') return t('notice.snoozed', { by, time: until ? moment(until, now, language) : '' })
      if (status === 'closed') return t('notice.closed', { by })
      if (reason === 'undelivered') return t('notice.undelivered')
      return t(reason === 'timer' ? 'notice.woke' : reason === 'customer_wrote' ? 'notice.wroteAgain' : 'notice.reopened', { by })
    }
    case 'Queued':
      return t('notice.queued', { position: String(event.data.position) })
    case 'HandoverRequested':
      return t(`notice.handover.${event.data.reason}`)
    case 'NobodyAvailable':
      return t('notice.nobody')
    case 'CustomerRenamed':
      return t('notice.renamed', { name: event.data.customer.name })
    case 'TeamLeft':
      return t('notice.teamLeft', { by, team: event.data.team.name })
    case 'PriorityChanged':
      return t('notice.priority', { by, priority: t(`priority.${event.data.priority}`) })
    case 'MarkedSpam':
      return t(event.data.blocked ? 'notice.blocked' : 'notice.spam', { by })
    case 'UnmarkedSpam':
      return t('notice.notSpam', { by })
    case 'ConversationMerged':
      return t('notice.merged', { by })
    case 'ConversationUnmerged':
      return t('notice.unmerged', { by })
    case 'ConversationJoined':
      return t('notice.joined', { by })
    case 'ConversationLeft':
      return t('notice.left', { by })
    case 'MessagesSplitOff':
      return n('notice.splitOff', event.data.message_ids.length, { by })
    case 'MessagesMovedHere':
      return n('notice.movedHere', event.data.messages.length, { by })
    case 'SplitUndone':
      return t('notice.splitUndone', { by })
    case 'SideThreadStarted':
      return t('notice.thread', { by, names: event.data.members.map((one) => one.name).join(', '), title: event.data.title })
    case 'SideThreadClosed':
      return t('notice.threadClosed', { by })
    case 'ScheduledReplyCancelled':
      return t(`notice.cancelled.${event.data.reason}`)
    case 'RatingAsked':
      return t('notice.ratingAsked')
    case 'RatingGiven': {
      const { score, reason, text } = event.data
      return [t('notice.rated', { score }), reason && t(`rating.${reason}`), text && `“${text}”`].filter(Boolean).join(' · ')
    }
    case 'RuleApplied':
      return t('notice.rule', { rule: event.data.rule.name })
    case 'MacroApplied':
      return t('notice.macro', { by, macro: event.data.macro.name })
    case 'AutomationUndone':
      return t('notice.automationUndone', { by, name: event.data.what.name })
    case 'ListenedIn':
      return t('notice.listenedIn', { name: event.data.agent.name })
    case 'ConversationOpened':
      return t('notice.follows')
    case 'Bounced':
      return event.data.recipient ? t('lost.cameBack', { address: event.data.recipient }) : t('lost.bounced')
    case 'DeliveryFailed':
      return t('lost.failed')
    case 'CarriedOn':
      return n('notice.carriedOn', event.data.message_ids.length, { address: event.data.recipient })
    case 'ReplyRequeued':
      return t('notice.requeued', { by })
  }
}
