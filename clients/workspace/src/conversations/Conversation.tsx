import { Suspense, useMemo, useState } from 'react'
import { part } from '@/app/part'
import { useMedia, useTexts } from '@/app/context'
import { HandoverLine } from '@/assistant/HandoverLine'
import { TraceDrawer } from '@/assistant/TraceDrawer'
import type { Conversation as Model, Reading } from '@/core/conversation'
import type { Row } from '@/core/model'
import { CustomerPanel } from '@/customers/CustomerPanel'
import { Sheet } from '@/ui/LazySheet'
import { Composer } from './Composer'
import css from './Conversation.module.css'
import { Header } from './Header'
import { Presence } from './Presence'
import { Timeline } from './Timeline'
import { WorkContext, type Work, type WorkSheet } from './work'

const MergeSheet = part(() => import('./MergeSheet'))
const TranscriptSheet = part(() => import('./TranscriptSheet'))
const SideThreads = part(() => import('./SideThreads'))
const NewThread = part(() => import('./NewThread'))
const WhisperSheet = part(() => import('@/supervision/WhisperSheet'))
const IntakeCard = part(() => import('@/assistant/IntakeCard'))

export interface Opened {
  conversation: Model
  /** The row with what this client has just asked for laid over it. */
  row: Row
  reading: Reading
}

export function Conversation({ conversation, row, reading, unread }: Opened & Pick<Work, 'unread'>) {
  const { t } = useTexts()
  const wide = useMedia('(min-width: 1100px)')
  const [side, showSide] = useState(false)
  const [asked, ask] = useState<string | null>(null)
  const [chosen, choose] = useState<ReadonlySet<string> | null>(null)
  const [sheet, open] = useState<WorkSheet>(null)
  const [thread, showThread] = useState<string | null>(null)
  const [everything, showEverything] = useState(false)
  const work = useMemo<Work>(() => ({ chosen, choose, open, unread, showThread, everything, showEverything }), [chosen, unread, everything])
  const opened = { conversation, row, reading }
  const panel = <CustomerPanel {...opened} bare={!wide} />
  return (
    <WorkContext value={work}>
      <div className={css.split}>
        <section className={css.work} aria-label={t('conversation.label', { name: row.customer.name })}>
          <Header {...opened} onSide={wide ? null : () => showSide(true)} />
          {reading.handover && <HandoverLine event={reading.handover} summary={reading.summary} answered={reading.answered} />}
          {reading.intake && (
            <Suspense fallback={null}>
              <IntakeCard intake={reading.intake} answered={reading.answered} language={row.language} />
            </Suspense>
          )}
          <Timeline {...opened} onWhy={ask} everything={everything} />
          {conversation.events.some((event) => event.type.startsWith('SideThread')) && (
            <Suspense fallback={null}>
              <SideThreads events={conversation.events} conversation={row.id} shown={thread} onShow={showThread} />
            </Suspense>
          )}
          <Presence id={row.id} />
          <Composer {...opened} />
        </section>
        {wide ? (
          <aside className={css.side} aria-label={t('customer.panel')}>
            {panel}
          </aside>
        ) : (
          <Sheet title={row.customer.name} isOpen={side} onClose={() => showSide(false)} drawer>
            {panel}
          </Sheet>
        )}
        {asked && <TraceDrawer conversation={row.id} message={asked} onClose={() => ask(null)} />}
        <Suspense fallback={null}>
          {sheet === 'merge' && <MergeSheet {...opened} onClose={() => open(null)} />}
          {sheet === 'transcript' && <TranscriptSheet {...opened} onClose={() => open(null)} />}
          {sheet === 'whisper' && row.assignee && <WhisperSheet id={row.id} to={row.assignee} onClose={() => open(null)} />}
          {sheet === 'colleague' && <NewThread {...opened} onClose={() => open(null)} />}
        </Suspense>
      </div>
    </WorkContext>
  )
}
