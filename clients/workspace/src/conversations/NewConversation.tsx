import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import type { Beginning } from '@/app/beginning'
import { useDesk } from '@/app/context'
import { channelsQuery } from '@/app/queries'
import { useWords } from '@/channels/words'
import { drop, hindrance, put } from '@/core/addresses'
import { SLOTS } from '@/core/addressing'
import { leftOf, type Put } from '@/core/canned'
import { sends } from '@/core/keys'
import { roomFor } from '@/core/limits'
import type { Channel } from '@/core/model'
import { isMailbox } from '@/core/recipients'
import settings from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Area, Field, Select } from '@/ui/Field'
import { Icon } from '@/ui/Icon'
import { keyName } from '@/ui/Key'
import { Sheet } from '@/ui/Sheet'
import { AddressField } from './AddressField'
import { CannedMenu } from './CannedMenu'
import composer from './Composer.module.css'
import { Uploads } from './Uploads'
import { useBeginning } from './useBeginning'
import { useUploads } from './useUploads'

interface Props {
  begun: Beginning
  onClose: () => void
}

/** A letter with which we speak first. */
export function NewConversation({ begun, onClose }: Props) {
  const { t } = useWords()
  const found = useQuery(channelsQuery())
  const from = found.data?.filter((channel) => !channel.disabled && channel.capabilities?.includes('writes_first'))
  return (
    <Sheet title={t('begin.title')} onClose={onClose} wide>
      {from?.length ? <Writing begun={begun} from={from} onClose={onClose} /> : null}
      {from?.length === 0 && <Impossible onClose={onClose} />}
      {found.error && !from && <p role="alert">{t('error.unreachable')}</p>}
    </Sheet>
  )
}

function Impossible({ onClose }: Pick<Props, 'onClose'>) {
  const { t } = useWords()
  const { me } = useDesk()
  const may = me.rights.includes('channels.manage')
  return (
    <div className={settings.list}>
      <p>{t('begin.noChannel')}</p>
      {may ? (
        <Link to="/settings/$section" params={{ section: 'channels' }} onClick={onClose}>
          {t('begin.toChannels')}
        </Link>
      ) : (
        <p className={settings.soft}>{t('begin.askAdmin')}</p>
      )}
    </div>
  )
}

function Writing({ begun, from, onClose }: Props & { from: Channel[] }) {
  const { t, n } = useWords()
  const desk = useDesk()
  const { letter, text, channel_id, write, forget } = useBeginning(begun)
  const uploads = useUploads(begun.attachments)
  const answers = useRef<Put[]>([])
  const channel = from.find((one) => one.id === channel_id) ?? from[0]!
  const isOwn = (address: string) => isMailbox(String(channel.settings['address'] ?? ''), address)
  const room = roomFor(text, uploads.all.length)
  const [first] = letter.to
  const wants = hindrance(letter, isOwn) ?? (letter.subject.trim() ? (text.trim() || uploads.done.length ? null : 'words') : 'subject')
  const ready = !wants && !uploads.busy && !room.tooLong && !room.tooManyFiles

  const insert = (answer: Put) => {
    answers.current.push(answer)
    write({ text: text.trim() ? `${text.trimEnd()}\n\n${answer.text}` : answer.text })
  }
  const send = (then: 'close' | null = null) => {
    if (!ready) return
    const { customer } = begun
    const customer_id = customer && customer.address === first?.address ? customer.id : null
    const client_id = crypto.randomUUID()
    desk.outbox.add({
      client_id,
      conversation_id: `begun-${client_id}`,
      kind: 'reply',
      text: text.trim(),
      attachments: uploads.done,
      canned: leftOf(text, answers.current),
      then,
      until: null,
      letter: { ...letter, subject: letter.subject.trim() },
      begins: { channel_id: channel.id, customer_id },
      at: Date.now(),
    })
    forget()
    onClose()
  }

  return (
    <form
      className={settings.form}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (!sends(event.nativeEvent)) return
        event.preventDefault()
        send(event.shiftKey ? 'close' : null)
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        uploads.add(event.dataTransfer.files)
      }}
    >
      {begun.problem && <p role="alert">{t('begin.refused', { problem: begun.problem })}</p>}
      {from.length > 1 && (
        <Select label={t('letter.from')} value={channel.id} onChange={(event) => write({ channel_id: event.target.value })}>
          {from.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      )}
      <div>
        {SLOTS.map((slot) => (
          <AddressField
            key={slot}
            label={t(`letter.${slot}`)}
            parties={letter[slot]}
            isOwn={isOwn}
            offers="below"
            autoFocus={slot === 'to' && !letter.to.length}
            onAdd={(parties) => write({ letter: put(letter, slot, parties) })}
            onDrop={(address) => write({ letter: drop(letter, slot, address) })}
          />
        ))}
      </div>
      <Field label={t('letter.subject')} dir="auto" maxLength={300} autoFocus={letter.to.length > 0} value={letter.subject} onChange={(event) => write({ letter: { ...letter, subject: event.target.value } })} />
      <Area
        label={t('begin.text')}
        dir="auto"
        rows={9}
        value={text}
        error={room.tooLong ? n('composer.tooLong', -room.left!) : undefined}
        onChange={(event) => write({ text: event.target.value })}
        onPaste={(event) => {
          if (!event.clipboardData.files.length) return
          event.preventDefault()
          uploads.add(event.clipboardData.files)
        }}
      />
      <Uploads {...uploads} />
      <div className={composer.bottom}>
        <Button look="quiet" icon aria-label={t('composer.attach')} onPress={uploads.choose}>
          <Icon name="clip" />
        </Button>
        <CannedMenu to={first} onPick={insert} />
        <p className={composer.under} role="status">
          {wants && t(`letter.hindrance.${wants}`)}
        </p>
        <Button isDisabled={!ready} onPress={() => send('close')} className={composer.second}>
          {t('composer.sendAndClose')}
        </Button>
        <Button type="submit" look="primary" isDisabled={!ready} className={composer.send}>
          {t('begin.send')} <kbd aria-hidden>{keyName('mod+Enter')}</kbd>
        </Button>
      </div>
    </form>
  )
}
