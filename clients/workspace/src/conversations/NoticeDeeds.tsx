import { Suspense, useState, type ReactNode } from 'react'
import { part } from '@/app/part'
import { useDesk, useTexts } from '@/app/context'
import { post } from '@/core/api'
import type { Row } from '@/core/model'
import type { NoticeEvent } from '@/core/timeline'
import css from './Bubble.module.css'
import type { Opened } from './Conversation'
import { useJoining } from './useJoining'
import { useWork } from './work'

const WhyRule = part(() => import('./WhyRule'))

/** What may be done about a notice: undo it, ask why, look at it. Nothing where it has been undone already. */
export default function NoticeDeeds({ event, opened: { conversation, row } }: { event: NoticeEvent; opened: Opened }) {
  const { t } = useTexts()
  const desk = useDesk()
  const joining = useJoining(row)
  const work = useWork()
  const [asking, ask] = useState(false)
  const { events } = conversation

  switch (event.type) {
    case 'ConversationJoined': {
      const { source } = event.data
      return conversation.streams.includes(source.id) && <Deed onPress={() => void joining.unmerge(source.id)}>{t('common.undo')}</Deed>
    }
    case 'ConversationMerged':
      return row.merged_into && <Deed onPress={() => void joining.unmerge(row.id)}>{t('common.undo')}</Deed>
    case 'MessagesSplitOff': {
      const { into } = event.data
      const undone = events.some((one) => one.type === 'SplitUndone' && one.data.into.id === into.id)
      return !undone && <Deed onPress={() => void joining.unsplit(into.id)}>{t('common.undo')}</Deed>
    }
    case 'MarkedSpam':
      return row.spam && <Deed onPress={() => void desk.act(row.id, { name: 'spam', on: false }, true)}>{t('common.undo')}</Deed>
    case 'SideThreadStarted':
    case 'SideThreadClosed':
      return <Deed onPress={() => work.showThread(event.data.thread_id)}>{t('thread.show')}</Deed>
    case 'ScheduledReplyCancelled': {
      const worded = events.flatMap((one) => (one.type === 'ReplyScheduled' || one.type === 'ReplyRescheduled' ? [one.data] : []))
      const text = worded.findLast((one) => one.scheduled_id === event.data.scheduled_id)?.text ?? ''
      return text && <Deed onPress={() => desk.drafts.offer(row.id, { text, kind: 'reply' })}>{t('scheduled.toBox')}</Deed>
    }
    case 'RuleApplied':
    case 'MacroApplied': {
      const undone = events.some((one) => one.type === 'AutomationUndone' && one.data.applied_id === event.id)
      const undo = () =>
        void post<{ conversation: Row }>(`/conversations/${row.id}/applied/${event.id}/undo`).then(({ conversation }) => desk.took(conversation), desk.complain)
      return (
        <>
          <Deed onPress={() => ask(!asking)} expanded={asking}>
            {t(event.type === 'RuleApplied' ? 'notice.why' : 'notice.what')}
          </Deed>{' '}
          {(event.data.reverse?.length ?? 0) > 0 && !undone && <Deed onPress={undo}>{t('common.undo')}</Deed>}
          <Suspense fallback={null}>{asking && <WhyRule event={event} />}</Suspense>
        </>
      )
    }
    default:
      return null
  }
}

function Deed({ onPress, expanded, children }: { onPress: () => void; expanded?: boolean; children: ReactNode }) {
  return (
    <button type="button" className={css.link} aria-expanded={expanded} onClick={onPress}>
      {children}
    </button>
  )
}
