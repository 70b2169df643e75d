import type { Texts } from '@goodword/shared/texts'
import { useNow, useTexts } from '@/app/context'
import { clock, moment } from '@/core/time'
import type { NoticeEvent } from '@/core/timeline'
import css from './Notice.module.css'

/** What happened between the words, said in a line. */
export function Notice({ event }: { event: NoticeEvent }) {
  const texts = useTexts()
  const now = useNow(300_000)
  const words = said(event, texts, now)
  if (!words) return null
  return (
    <p className={css.notice} data-type={event.type}>
      {words} <time>{clock(event.at, texts.language)}</time>
    </p>
  )
}

function said(event: NoticeEvent, { t, language }: Texts, now: number): string | null {
  const by = event.actor.name
  switch (event.type) {
    case 'Assigned': {
      const { agent, team, reason } = event.data
      if (agent && event.actor.id === agent.id) return t('notice.taken', { name: agent.name })
      if (agent) return t(reason === 'routed' ? 'notice.routed' : 'notice.assigned', { name: agent.name, by })
      return team ? t('notice.team', { name: team.name }) : t('notice.released')
    }
    case 'StatusChanged': {
      const { status, until, reason } = event.data
      if (status === 'snoozed') return t('notice.snoozed', { by, time: until ? moment(until, now, language) : '' })
      if (status === 'closed') return t('notice.closed', { by })
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
    default:
      return null
  }
}
