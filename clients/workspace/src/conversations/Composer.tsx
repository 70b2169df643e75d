import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, useRef, useState } from 'react'
import { part } from '@/app/part'
import { useCommand } from '@/app/commands'
import { useDesk, useTexts } from '@/app/context'
import { agentsQuery, macroPreviewQuery } from '@/app/queries'
import { emptyFields, filled, leftOf, type Put } from '@/core/canned'
import { composing, sends } from '@/core/keys'
import { roomFor } from '@/core/limits'
import type { Macro } from '@/core/macros'
import type { Agent, ComposeKind } from '@/core/model'
import { nameIn } from '@/core/texts'
import { mentioned, replaced, triggerAt } from '@/core/triggers'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { keyName } from '@/ui/Key'
import css from './Composer.module.css'
import { ComposerHints } from './ComposerHints'
import { ComposerKinds } from './ComposerKinds'
import type { Opened } from './Conversation'
import { useList } from './listContext'
import { Picker, type PickerHandle } from './Picker'
import { SendMenu } from './SendMenu'
import { Uploads } from './Uploads'
import { useDraft } from './useDraft'
import { useFields } from './useFields'
import { useLetter } from './useLetter'
import type { Choice } from './useOptions'
import { useSending, type Words } from './useSending'
import { useTyping } from './useTyping'
import { useUploads } from './useUploads'

const MacroCard = part(() => import('./MacroCard'))
const Recipients = part(() => import('./Recipients'))

/** The box: a reply to the customer or a note to colleagues, never mistaken for each other. */
export function Composer(opened: Opened) {
  const { conversation, row, reading } = opened
  const { t, language } = useTexts()
  const desk = useDesk()
  const list = useList()
  const client = useQueryClient()
  const box = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<PickerHandle>(null)
  const answers = useRef<Put[]>([])
  const draft = useDraft(row.id, conversation.draft)
  const [begun, begin] = useState(reading.newest)
  const [caret, setCaret] = useState(0)
  const [escaped, escape] = useState(false)
  const [marked, mark] = useState<string | null>(null)
  const [macro, setMacro] = useState<Macro | null>(null)
  const [warned, warn] = useState(false)
  const uploads = useUploads()
  const typing = useTyping(row.id)
  const sending = useSending(row)
  const fields = useFields(opened)
  const letter = useLetter(opened)

  const note = draft.kind === 'note'
  const forwarding = letter.forwarding && !note
  const trigger = escaped ? null : triggerAt(draft.text, caret, draft.kind)
  const meant = note ? draft.text : filled(draft.text, fields)
  const missing = note ? [] : emptyFields(meant)
  const room = roomFor(draft.text, uploads.all.length)
  const something = draft.text.trim() !== '' || uploads.done.length > 0 || macro !== null || forwarding
  const addressed = note || macro !== null || !letter.hindered
  const ready = something && addressed && !uploads.busy && !room.tooLong && !room.tooManyFiles

  const turn = (kind: ComposeKind) => {
    draft.write({ kind })
    if (kind === 'note') setMacro(null)
    else letter.answer()
    box.current?.focus()
  }
  const forwards = () => {
    draft.write({ kind: 'reply' })
    setMacro(null)
  }
  useCommand('reply', () => turn('reply'))
  useCommand('note', () => turn('note'))
  useCommand('macros', () => {
    turn('reply')
    put(`${draft.text}${/(^|\s)$/.test(draft.text) ? '' : ' '}/`)
  })

  /** Writes the text anew and puts the caret where it belongs. */
  const put = (text: string, at = text.length) => {
    draft.write({ text })
    setCaret(at)
    escape(false)
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(at, at)
    })
  }
  const pick = async (choice: Choice) => {
    if (!trigger) return
    if ('text' in choice) {
      const { text, caret: at } = replaced(draft.text, caret, trigger, choice.text)
      if (choice.canned) answers.current.push({ id: choice.canned, text: choice.text })
      return put(text, at)
    }
    const bare = replaced(draft.text, caret, trigger, '')
    put(bare.text, bare.caret)
    // What a macro does is meant for the customer: of a letter to others it gives the words alone.
    if (!forwarding) setMacro(choice.macro)
    const preview = await client.fetchQuery(macroPreviewQuery(row.id, choice.macro.id)).catch(desk.complain)
    if (preview?.text) put(bare.text + preview.text)
  }

  const words = (): Words => ({
    kind: draft.kind,
    text: meant.trim(),
    attachments: uploads.done,
    mentions: note ? mentioned(draft.text, client.getQueryData<Agent[]>(agentsQuery().queryKey) ?? []).map((one) => one.id) : [],
    canned: note ? [] : leftOf(meant, answers.current),
    seen_seq: forwarding ? null : begun,
    letter: note ? null : letter.own,
  })
  const sent = () => {
    draft.clear()
    if (!note) letter.write(null)
    answers.current = []
    uploads.clear()
    typing.stop()
    setMacro(null)
    warn(false)
  }
  /** The first time that a field is empty the words stay, with the field marked; the second time they are meant so. */
  const held = () => {
    const first = missing[0]
    if (!first || warned) return false
    warn(true)
    const at = draft.text.indexOf(first)
    box.current?.focus()
    box.current?.setSelectionRange(at, at + first.length)
    return true
  }
  const send = (then: 'close' | 'snooze' | null = null, until: number | null = null) => {
    if (!ready || held()) return
    if (macro) return void sending.apply(macro, meant.trim()).then((done) => done && sent())
    sending.send(words(), then, until)
    sent()
    if (then) list.leave(row.id)
  }
  const later = (at: number) => {
    if (ready && !held()) void sending.schedule(words(), at).then((done) => done && sent())
  }

  const pressed = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    if (composing(event.nativeEvent)) return
    const taken = trigger && (picker.current?.press(event) || (event.key === 'Escape' && marked && (escape(true), true)))
    if (taken || sends(event.nativeEvent)) {
      event.preventDefault()
      event.stopPropagation()
      if (!taken) send(event.shiftKey && !note ? 'close' : null)
    } else if (event.key === 'Escape') box.current?.blur()
  }

  useEffect(() => {
    // The wide screens of the desk start where the hands are; a phone must not open its keyboard.
    if (draft.text && matchMedia('(hover: hover)').matches) box.current?.focus()
  }, [])

  const first = letter.name || t('customer.anonymous')
  const forwardTo = letter.name ? t('composer.forwardTo', { name: letter.name }) : t('composer.forward')
  return (
    <form
      className={css.composer}
      data-kind={forwarding ? 'forward' : draft.kind}
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
      <ComposerKinds kind={draft.kind} forwarding={letter.forwarding} onTurn={turn} onForward={forwards} />
      <Suspense fallback={null}>
        {letter.here && <Recipients letter={letter} conversation={conversation} hidden={note} byMacro={macro !== null} onForward={forwards} />}
        {macro && <MacroCard macro={macro} conversation={row.id} onDrop={() => setMacro(null)} />}
      </Suspense>
      {trigger && <Picker ref={picker} trigger={trigger} opened={opened} onPick={(choice) => void pick(choice)} onMark={mark} />}
      <textarea
        ref={box}
        value={draft.text}
        rows={3}
        dir="auto"
        lang={note || forwarding ? undefined : (row.language ?? undefined)}
        aria-label={t(note ? 'composer.noteLabel' : forwarding ? 'composer.forwardLabel' : 'composer.replyLabel', { name: first })}
        aria-autocomplete="list"
        aria-activedescendant={marked ?? undefined}
        aria-invalid={room.tooLong || undefined}
        placeholder={
          note
            ? t('composer.noteHint')
            : forwarding
              ? t('composer.forwardHint')
              : row.language
                ? t('composer.replyIn', { name: first, language: nameIn(language, row.language) })
                : t('composer.replyTo', { name: first })
        }
        onChange={(event) => {
          if (!draft.text) begin(reading.newest)
          draft.write({ text: event.target.value })
          setCaret(event.target.selectionStart)
          escape(false)
          warn(false)
          if (!note && !forwarding) typing.key()
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
        <ComposerHints opened={opened} draft={draft} forwarding={forwarding} room={room} missing={missing} warned={warned} begun={begun} onSeen={() => begin(reading.newest)} />
        {!note && !macro && row.status !== 'closed' && (
          <Button isDisabled={!ready} onPress={() => send('close')} className={css.second}>
            {t('composer.sendAndClose')}
          </Button>
        )}
        <Button type="submit" look="primary" isDisabled={!ready} className={css.send}>
          <span>{macro ? t('composer.apply', { macro: macro.name }) : note ? t('composer.addNote') : forwarding ? forwardTo : t('composer.sendTo', { name: first })}</span>
          <kbd aria-hidden>{keyName('mod+Enter')}</kbd>
        </Button>
        {!note && !macro && <SendMenu ready={ready} closed={row.status === 'closed'} onSend={send} onLater={later} />}
      </div>
    </form>
  )
}
