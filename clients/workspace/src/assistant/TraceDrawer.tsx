import { Suspense } from 'react'
import { part } from '@/app/part'
import { useTexts } from '@/app/context'
import { Sheet } from '@/ui/LazySheet'

const TraceView = part(() => import('./TraceView'))

/** "Why did the assistant say this?" — asked of a message, answered in a drawer. */
export function TraceDrawer({ conversation, message, onClose }: { conversation: string; message: string; onClose: () => void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('trace.title')} onClose={onClose} drawer reading>
      <Suspense fallback={null}>
        <TraceView conversation={conversation} message={message} />
      </Suspense>
    </Sheet>
  )
}
