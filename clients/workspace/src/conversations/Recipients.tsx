import { useEffect, useMemo, useRef, useState } from 'react'
import { useCommand } from '@/app/commands'
import { useWords } from '@/channels/words'
import { drop, forwardOf, put } from '@/core/addresses'
import { SLOTS, type Addressing } from '@/core/addressing'
import type { Conversation } from '@/core/conversation'
import { bare } from '@/core/letters'
import { everybody, named } from '@/core/recipients'
import { Button } from '@/ui/Button'
import { AddressField } from './AddressField'
import fields from './AddressField.module.css'
import css from './Composer.module.css'
import { PassedOn } from './PassedOn'
import { useAddressed } from './useAddressed'
import type { LetterBeingWritten } from './useLetter'

interface Props {
  letter: LetterBeingWritten
  conversation: Conversation
  /** A note is written, which goes to nobody outside. */
  hidden: boolean
  /** A macro answers: it knows only the usual recipients. */
  byMacro: boolean
  onForward: () => void
}

/** To whom the reply goes: one quiet line, and behind it the rows in which that can be changed. */
export default function Recipients({ letter, conversation, hidden, byMacro, onForward }: Props) {
  const { t } = useWords()
  const [open, turn] = useState(false)
  const { own, forwarding } = letter
  const addressed = useAddressed(letter, conversation)
  const { usual, shown } = addressed
  const opened = open || forwarding || addressed.hindrance !== null

  useCommand('recipients', () => (hidden || forwarding ? false : turn(!open)))
  useCommand('forward', () => {
    const last = conversation.events.findLast((event) => event.type === 'MessageReceived' && !event.data.message.removed)
    if (last?.type !== 'MessageReceived') return false
    letter.write(forwardOf(own, last.data.message.id))
  })
  const before = useRef(own)
  useEffect(() => {
    // Chosen under a letter while a note stood here, or a macro.
    if (own?.forwards && own !== before.current && (hidden || byMacro)) onForward()
    // It has been sent, or is as usual again.
    if (before.current && !own) turn(false)
    before.current = own
  }, [own])
  if (hidden) return null
  if (byMacro)
    return (
      <p className={css.recipients} dir="auto">
        {line(usual, t)}
        {own && ` (${t('letter.byMacro')})`}
      </p>
    )
  return (
    <>
      {!forwarding && (
        <button type="button" className={css.recipients} aria-expanded={opened} onClick={() => turn(!open)} dir="auto">
          {opened ? t('letter.recipients') : line(shown, t) || t('letter.recipients')}
        </button>
      )}
      {opened && <Rows key={own?.forwards} letter={letter} addressed={addressed} conversation={conversation} asked={open || (forwarding && !shown.to.length)} />}
    </>
  )
}

function line({ to, cc, bcc, subject }: Addressing, t: (key: string) => string): string {
  const people = { to, cc, bcc }
  const slots = SLOTS.filter((slot) => people[slot].length).map((slot) => `${t(`letter.${slot}`)}: ${people[slot].map(named).join(', ')}`)
  return [...slots, ...(subject ? [`${t('letter.subject')}: ${subject}`] : [])].join(' · ')
}

interface RowsProps extends Pick<Props, 'letter' | 'conversation'> {
  addressed: ReturnType<typeof useAddressed>
  /** The person wants to address it now. */
  asked: boolean
}

function Rows({ letter, addressed, conversation, asked }: RowsProps) {
  const { t } = useWords()
  const { own, write, forwarding } = letter
  const { shown, isOwn, hindrance } = addressed
  const known = useMemo(() => everybody(conversation.events, isOwn), [conversation.events])
  return (
    <>
      {SLOTS.map((slot) => (
        <AddressField
          key={slot}
          label={t(`letter.${slot}`)}
          parties={shown[slot]}
          isOwn={isOwn}
          known={known}
          offers="above"
          autoFocus={asked && slot === (shown.to.length ? 'cc' : 'to')}
          onAdd={(parties) => write(put(shown, slot, parties))}
          onDrop={(address) => write(drop(shown, slot, address))}
        />
      ))}
      <label className={fields.row}>
        <span>{t('letter.subject')}</span>
        <input
          type="text"
          dir="auto"
          maxLength={500}
          value={shown.subject}
          placeholder={`${forwarding ? 'Fwd' : 'Re'}: ${bare(conversation.row.subject ?? '')}`}
          onChange={(event) => write({ ...shown, subject: event.target.value })}
          onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && !event.metaKey && event.preventDefault()}
        />
      </label>
      {forwarding && <PassedOn id={own!.forwards!} events={conversation.events} onDrop={() => write(own!.to.length ? { ...own!, forwards: null } : null)} />}
      <p className={css.usual} role="status">
        {hindrance && <b>{t(`letter.hindrance.${hindrance}`)}</b>}
        {own && (
          <Button look="quiet" small onPress={() => write(null)}>
            {t(forwarding ? 'letter.dontForward' : 'letter.usual')}
          </Button>
        )}
      </p>
    </>
  )
}
