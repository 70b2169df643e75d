import { useState } from 'react'
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

export interface Opened {
  conversation: Model
  /** The row with what this client has just asked for laid over it. */
  row: Row
  reading: Reading
}

export function Conversation({ conversation, row, reading }: Opened) {
  const { t } = useTexts()
  const wide = useMedia('(min-width: 1100px)')
  const [side, showSide] = useState(false)
  const [asked, ask] = useState<string | null>(null)
  const opened = { conversation, row, reading }
  return (
    <div className={css.split}>
      <section className={css.work} aria-label={t('conversation.label', { name: row.customer.name })}>
        <Header {...opened} onSide={wide ? null : () => showSide(true)} />
        {reading.handover && <HandoverLine event={reading.handover} summary={reading.summary} answered={reading.answered} />}
        <Timeline {...opened} onWhy={ask} />
        <Presence id={row.id} />
        <Composer {...opened} />
      </section>
      {wide ? (
        <aside className={css.side} aria-label={t('customer.panel')}>
          <CustomerPanel {...opened} />
        </aside>
      ) : (
        <Sheet title={row.customer.name} isOpen={side} onClose={() => showSide(false)} drawer>
          <CustomerPanel {...opened} bare />
        </Sheet>
      )}
      {asked && <TraceDrawer conversation={row.id} message={asked} onClose={() => ask(null)} />}
    </div>
  )
}
