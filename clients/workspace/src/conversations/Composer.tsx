import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useCommand } from '@/app/commands'
import { useDesk, useTexts } from '@/app/context'
import { cannedQuery } from '@/app/queries'
import { emptyFields, filled, matching, slashWord, textIn } from '@/core/canned'
import { composing, sends } from '@/core/keys'
import { nameIn } from '@/core/texts'
import type { Canned, ComposeKind } from '@/core/model'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { CannedPicker } from './CannedPicker'
import css from './Composer.module.css'
import type { Opened } from './Conversation'
import { useList } from './listContext'
import { Uploads } from './Uploads'
import { useTyping } from './useTyping'
import { useUploads } from './useUploads'

/** The box: a reply to the customer or a note to colleagues, never mistaken for each other. */
export function Composer({ conversation, row }: Opened) {
  const desk = useDesk()
  const { t, language } = useTexts()
  const list = useList()
  const box = useRef<HTMLTextAreaElement>(null)
  const [draft, setDraft] = useState(() => desk.drafts.of(row.id, conversation.draft))
  const [caret, setCaret] = useState(0)
  const [picked, pick] = useState(0)
  const [escaped, escape] = useState(false)
  const uploads = useUploads()
  const typing = useTyping(row.id)
  const canned = useQuery(cannedQuery()).data ?? []

  const slash = escaped || draft.kind === 'note' ? null : slashWord(draft.text, caret)
  const found = slash ? matching(canned, slash.word, row.language) : []
  const missing = emptyFields(draft.text)
  const ready = (draft.text.trim() !== '' || uploads.done.length > 0) && !uploads.busy

  const write = (change: Partial<typeof draft>) => {
    const next = { ...draft, ...change }
    setDraft(next)
    desk.drafts.write(row.id, next)
  }
  const turn = (kind: ComposeKind) => {
    write({ kind })
    box.current?.focus()
  }
  useCommand('reply', () => turn('reply'))
  useCommand('note', () => turn('note'))

  const insert = (one: Canned) => {
    if (!slash) return
    const fields = {
      customer: row.customer.anonymous ? '' : row.customer.name,
      agent: desk.me.name,
      company: desk.me.company.name,
      order: conversation.customer.orders[0]?.number ?? '',
    }
    const text = draft.text.slice(0, slash.start) + filled(textIn(one, row.language), fields) + draft.text.slice(caret)
    write({ text })
    pick(0)
    box.current?.focus()
  }

  const send = (then: 'close' | null = null) => {
    if (!ready) return
    desk.outbox.add({
      client_id: crypto.randomUUID(),
      conversation_id: row.id,
      kind: draft.kind,
      text: draft.text.trim(),
      attachments: uploads.done,
      then,
      until: null,
      at: Date.now(),
    })
    setDraft({ text: '', kind: draft.kind })
    desk.drafts.clear(row.id, draft.kind)
    uploads.clear()
    typing.stop()
    if (then === 'close') list.leave(row.id)
  }

  const pressed = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    if (composing(event.nativeEvent)) return
    if (found.length && slash) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step) pick((picked + step + found.length) % found.length)
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') insert(found[picked] ?? found[0]!)
      else if (event.key === 'Escape') escape(true)
      else return
      event.preventDefault()
      event.stopPropagation()
    } else if (sends(event.nativeEvent)) {
      event.preventDefault()
      send(event.shiftKey && draft.kind === 'reply' ? 'close' : null)
    } else if (event.key === 'Escape') box.current?.blur()
  }

  useEffect(() => {
    // The wide screens of the desk start where the hands are; a phone must not open its keyboard.
    if (draft.text && matchMedia('(hover: hover)').matches) box.current?.focus()
  }, [])

  const first = firstName(row.customer.name) || t('customer.anonymous')
  return (
    <form
      className={css.composer}
      data-kind={draft.kind}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        uploads.add(event.dataTransfer.files)
      }}
    >
      <div className={css.top}>
        <ToggleButtonGroup
          className={css.kinds!}
          aria-label={t('composer.kind')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[draft.kind]}
          onSelectionChange={([kind]) => turn(kind as ComposeKind)}
        >
          <ToggleButton id="reply" className={css.kind!}>
            {t('composer.reply')}
          </ToggleButton>
          <ToggleButton id="note" className={css.kind!}>
            {t('composer.note')}
          </ToggleButton>
        </ToggleButtonGroup>
        <span className={css.hint}>{t(draft.kind === 'note' ? 'composer.noteSeen' : 'composer.slash')}</span>
      </div>
      {slash && found.length > 0 && <CannedPicker found={found} picked={picked} language={row.language} onPick={insert} />}
      <textarea
        ref={box}
        value={draft.text}
        rows={3}
        dir="auto"
        lang={draft.kind === 'reply' ? (row.language ?? undefined) : undefined}
        aria-label={t(draft.kind === 'note' ? 'composer.noteLabel' : 'composer.replyLabel', { name: first })}
        placeholder={
          draft.kind === 'note'
            ? t('composer.noteHint')
            : row.language
              ? t('composer.replyIn', { name: first, language: nameIn(language, row.language) })
              : t('composer.replyTo', { name: first })
        }
        onChange={(event) => {
          write({ text: event.target.value })
          setCaret(event.target.selectionStart)
          escape(false)
          pick(0)
          if (draft.kind === 'reply') typing.key()
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={pressed}
        onPaste={(event) => {
          if (event.clipboardData.files.length) {
            event.preventDefault()
            uploads.add(event.clipboardData.files)
          }
        }}
        onBlur={typing.stop}
      />
      <Uploads {...uploads} />
      <div className={css.bottom}>
        <Button look="quiet" icon aria-label={t('composer.attach')} onPress={uploads.choose}>
          <Icon name="clip" />
        </Button>
        <span className={css.warning} role="status">
          {missing.length > 0 && t('composer.missing', { fields: missing.join(' ') })}
        </span>
        {draft.kind === 'reply' && row.status !== 'closed' && (
          <Button isDisabled={!ready} onPress={() => send('close')}>
            {t('composer.sendAndClose')}
          </Button>
        )}
        <Button type="submit" look="primary" isDisabled={!ready} className={css.send}>
          {draft.kind === 'note' ? t('composer.addNote') : t('composer.sendTo', { name: first })} <kbd aria-hidden>{MAC ? '⌘↵' : 'Ctrl ↵'}</kbd>
        </Button>
      </div>
    </form>
  )
}

/** How one speaks of a person: the first word of a name, or all of one that is written in Chinese or Korean. */
function firstName(name: string): string {
  return /[\p{Script=Han}\p{Script=Hangul}]/u.test(name) ? name : (name.split(' ')[0] ?? '')
}

const MAC = /Mac|iP(hone|ad)/.test(navigator.platform)
