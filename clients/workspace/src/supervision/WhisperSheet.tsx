import { useTexts } from '@/app/context'
import { Sheet } from '@/ui/Sheet'
import { Whisper } from './Whisper'

/** A word in the agent's ear, from the conversation itself. */
export default function WhisperSheet({ id, to, onClose }: { id: string; to: { id: string; name: string }; onClose: () => void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('wall.whisper')} onClose={onClose}>
      <Whisper id={id} to={to} onDone={onClose} />
    </Sheet>
  )
}
