import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { agentsQuery } from '@/app/queries'
import { post } from '@/core/api'
import { Button } from '@/ui/Button'
import { Area, Check, Field } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import type { Opened } from './Conversation'
import css from './SnoozeMenu.module.css'

/** Asks colleagues something beside the conversation: the customer never sees it. */
export default function NewThread({ row, onClose }: Opened & { onClose: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const agents = useQuery(agentsQuery()).data ?? []
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [members, setMembers] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const ready = title.trim() && text.trim() && members.size > 0 && !busy
  const turn = (id: string) => setMembers((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id]))

  const start = async () => {
    setBusy(true)
    try {
      await post(`/conversations/${row.id}/side-threads`, { client_id: crypto.randomUUID(), title: title.trim(), members: [...members], text: text.trim() })
      onClose()
    } catch (error) {
      desk.complain(error)
      setBusy(false)
    }
  }
  return (
    <Sheet title={t('thread.new')} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) void start()
        }}
      >
        <fieldset className={css.usual}>
          <legend>{t('thread.with')}</legend>
          {agents
            .filter((agent) => agent.id !== desk.me.id && !agent.disabled)
            .map((agent) => (
              <Check key={agent.id} label={agent.name} checked={members.has(agent.id)} onChange={() => turn(agent.id)} />
            ))}
        </fieldset>
        <Field label={t('thread.title')} value={title} maxLength={120} onChange={(event) => setTitle(event.target.value)} autoFocus />
        <Area label={t('thread.text')} hint={t('thread.seen')} value={text} onChange={(event) => setText(event.target.value)} />
        <Button type="submit" look="primary" isDisabled={!ready}>
          {t('thread.start')}
        </Button>
      </form>
    </Sheet>
  )
}
