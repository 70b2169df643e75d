import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { post } from '@/core/api'
import { Button } from '@/ui/Button'
import css from './Wall.module.css'

/** A word in the agent's ear: the customer and the other agents don't see it. */
export function Whisper({ id, to, onDone }: { id: string; to: { id: string; name: string }; onDone: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const [text, write] = useState('')
  const [clientId] = useState(() => crypto.randomUUID())
  const send = () => {
    if (!text.trim()) return
    void post(`/conversations/${id}/whisper`, { to: to.id, client_id: clientId, text }).then(() => {
      desk.say({ key: 'wall.whispered', values: { name: to.name } })
      onDone()
    }, desk.complain)
  }
  return (
    <form
      className={css.whisper}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label>
        <span>{t('wall.whisperTo', { name: to.name })}</span>
        <textarea rows={2} value={text} onChange={(event) => write(event.target.value)} autoFocus />
      </label>
      <Button type="submit" look="primary" small isDisabled={!text.trim()}>
        {t('wall.whisper')}
      </Button>
    </form>
  )
}
