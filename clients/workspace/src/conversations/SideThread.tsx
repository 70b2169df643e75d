import { useEffect, useRef, useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { post } from '@/core/api'
import { sends } from '@/core/keys'
import type { Thread } from '@/core/threads'
import { clock } from '@/core/time'
import { Button } from '@/ui/Button'
import { keyName } from '@/ui/Key'
import css from './SideThreads.module.css'
import { Words } from './Words'

/** What colleagues say to each other beside the customer, with a box to go on. */
export default function SideThread({ thread, conversation, onClosed }: { thread: Thread; conversation: string; onClosed: () => void }) {
  const { t, language } = useTexts()
  const desk = useDesk()
  const list = useRef<HTMLOListElement>(null)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const path = `/conversations/${conversation}/side-threads/${thread.id}`

  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [thread.messages.length])

  const ask = async (deed: () => Promise<unknown>, done: () => void) => {
    setBusy(true)
    await deed().then(done, desk.complain)
    setBusy(false)
  }
  const say = () => {
    if (!text.trim() || busy) return
    void ask(() => post(`${path}/messages`, { client_id: crypto.randomUUID(), text: text.trim() }), () => setText(''))
  }
  return (
    <>
      <ol ref={list} className={css.said} tabIndex={0} aria-label={t('thread.label', { title: thread.title })}>
        {thread.messages.map((message) => (
          <li key={message.id}>
            <b>{message.author.id === desk.me.id ? t('bubble.you') : message.author.name}</b> <time>{clock(message.at, language)}</time>
            <Words message={{ ...message, kind: 'note' }} />
          </li>
        ))}
      </ol>
      <form
        className={css.reply}
        onSubmit={(event) => {
          event.preventDefault()
          say()
        }}
      >
        <textarea
          rows={1}
          value={text}
          dir="auto"
          autoFocus
          aria-label={t('thread.reply')}
          placeholder={t('thread.reply')}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (!sends(event.nativeEvent)) return
            event.preventDefault()
            event.stopPropagation()
            say()
          }}
        />
        {!thread.closed && (
          <Button look="quiet" small isDisabled={busy} onPress={() => void ask(() => post(`${path}/close`), onClosed)}>
            {t('thread.close')}
          </Button>
        )}
        <Button type="submit" small isDisabled={busy || !text.trim()}>
          {t('thread.say')} <kbd aria-hidden>{keyName('mod+Enter')}</kbd>
        </Button>
      </form>
    </>
  )
}
