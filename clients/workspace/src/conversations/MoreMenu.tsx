import { useState } from 'react'
import { useCommand } from '@/app/commands'
import { useTexts } from '@/app/context'
import { usePaletteActions } from '@/app/paletteActions'
import { myBindings } from '@/core/bindings'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { Key } from '@/ui/Key'
import { Item, MenuButton, Section } from '@/ui/Menu'
import type { Opened } from './Conversation'
import { asPaletteActions, useMore, type MoreDeed } from './useMore'

/** What is done less often; its first entries are the priorities, so that their key opens it too. */
export default function MoreMenu(opened: Opened) {
  const { t } = useTexts()
  const more = useMore(opened)
  const [isOpen, open] = useState(false)
  useCommand('priority', () => open(true))
  useCommand('spam', () => more.customer[0]!.run())
  usePaletteActions(() => asPaletteActions(more, (title) => t('more.priorityOf', { priority: title }), (command) => myBindings()[command]))

  const item = ({ id, title, command, checked, run }: MoreDeed) => (
    <Item key={id} id={id} onAction={run} checked={checked ?? false} detail={command && <Key of={command} />}>
      {title}
    </Item>
  )
  const button = (
    <Button look="quiet" icon aria-label={t('more.label')}>
      <Icon name="more" />
    </Button>
  )
  return (
    <MenuButton button={button} label={t('more.label')} isOpen={isOpen} onOpenChange={open}>
      <Section title={t('more.priority')}>{more.priorities.map(item)}</Section>
      <Section title={t('more.conversation')}>{more.work.map(item)}</Section>
      <Section title={t('customer.panel')}>{more.customer.map(item)}</Section>
    </MenuButton>
  )
}
