import { Suspense, useState } from 'react'
import { part } from '@/app/part'
import { useTexts } from '@/app/context'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { keyName } from '@/ui/Key'
import { Item, MenuButton } from '@/ui/Menu'

const WhenSheet = part(() => import('./WhenSheet'))

interface Props {
  ready: boolean
  closed: boolean
  onSend: (then: 'close' | 'snooze', until?: number) => void
  onLater: (at: number) => void
}

/** The other ways to send: with what comes after it, or at another time. */
export function SendMenu({ ready, closed, onSend, onLater }: Props) {
  const { t } = useTexts()
  const [asking, ask] = useState<'snooze' | 'later' | null>(null)
  const button = (
    <Button icon isDisabled={!ready} aria-label={t('send.more')}>
      <Icon name="down" size={16} />
    </Button>
  )
  return (
    <>
      <MenuButton button={button} label={t('send.more')}>
        {!closed && (
          <Item id="close" detail={keyName('mod+Enter').replace('Ctrl', 'Ctrl ⇧').replace('⌘', '⇧⌘')} onAction={() => onSend('close')}>
            {t('composer.sendAndClose')}
          </Item>
        )}
        <Item id="snooze" onAction={() => ask('snooze')}>
          {t('send.andSnooze')}
        </Item>
        <Item id="later" onAction={() => ask('later')}>
          {t('send.later')}
        </Item>
      </MenuButton>
      <Suspense fallback={null}>
        {asking === 'snooze' && (
          <WhenSheet title={t('snooze.title')} verb={t('send.snoozeVerb')} hint={t('snooze.wakes')} onClose={() => ask(null)} onChoose={(at) => onSend('snooze', at)} />
        )}
        {asking === 'later' && <WhenSheet title={t('send.laterTitle')} verb={t('send.laterVerb')} hint={t('send.laterHint')} onClose={() => ask(null)} onChoose={onLater} />}
      </Suspense>
    </>
  )
}
