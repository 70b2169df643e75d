import type { RefObject } from 'react'
import { useDesk, useTexts } from '@/app/context'
import type { Message } from '@/core/model'
import { Item } from '@/ui/Menu'
import { Opened } from '@/ui/MenuOpened'
import { passOn } from './passOn'
import { removeMessage } from './removeMessage'

interface Props {
  message: Message
  conversation: string
  trigger: RefObject<HTMLButtonElement | null>
  byKeys: boolean
  /** It is in somebody's mailbox, where nobody takes it back. */
  hasLeft: boolean
  /** It can go on to somebody else. */
  passable: boolean
  removable: boolean
  onClose: () => void
}

/** What may be done to a single message. */
export default function MessageMenu({ message, conversation, trigger, byKeys, hasLeft, passable, removable, onClose }: Props) {
  const { t } = useTexts()
  const desk = useDesk()
  return (
    <Opened trigger={trigger} label={t('bubble.more')} byKeys={byKeys} onClose={onClose}>
      {passable && (
        <Item id="forward" onAction={() => passOn(desk, conversation, message.id)}>
          {t('bubble.forward')}
        </Item>
      )}
      {removable && (
        <Item id="remove" onAction={() => removeMessage(desk, conversation, message.id, hasLeft)}>
          {t('bubble.remove')}
        </Item>
      )}
    </Opened>
  )
}
