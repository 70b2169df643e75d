import { Suspense, useState } from 'react'
import { part } from '@/app/part'
import { useNow, useTexts } from '@/app/context'
import { moment, snoozeChoices } from '@/core/time'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { Key } from '@/ui/Key'
import { Item, MenuButton, Section } from '@/ui/Menu'

const WhenSheet = part(() => import('./WhenSheet'))

interface Props {
  isOpen: boolean
  onOpenChange: (open: boolean) => void
  onChoose: (until: number) => void
}

/** Put off until a time: four that are usual, or any other. A word of the customer wakes it too. */
export function SnoozeMenu({ isOpen, onOpenChange, onChoose }: Props) {
  const { t, language } = useTexts()
  const now = useNow()
  const [free, setFree] = useState(false)
  const button = (
    <Button>
      <Icon name="clock" size={16} />
      {t('deed.snooze')} <Key of="snooze" />
    </Button>
  )
  return (
    <>
      <MenuButton button={button} label={t('deed.snooze')} isOpen={isOpen} onOpenChange={onOpenChange}>
        <Section title={t('snooze.wakes')}>
          {snoozeChoices(now).map(({ name, until }) => (
            <Item key={name} id={name} detail={moment(until, now, language)} onAction={() => onChoose(until)}>
              {t(`snooze.${name}`)}
            </Item>
          ))}
          <Item id="free" onAction={() => setFree(true)}>
            {t('snooze.other')}
          </Item>
        </Section>
      </MenuButton>
      {free && (
        <Suspense fallback={null}>
          <WhenSheet title={t('snooze.title')} verb={t('deed.snooze')} hint={t('snooze.wakes')} onClose={() => setFree(false)} onChoose={onChoose} />
        </Suspense>
      )}
    </>
  )
}
