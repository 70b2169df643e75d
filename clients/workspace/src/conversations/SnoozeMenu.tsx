import { useState } from 'react'
import { useNow, useTexts } from '@/app/context'
import { moment, snoozeChoices } from '@/core/time'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Icon } from '@/ui/Icon'
import { Item, MenuButton } from '@/ui/Menu'
import { Sheet } from '@/ui/LazySheet'
import css from './SnoozeMenu.module.css'

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
      {t('deed.snooze')} <kbd aria-hidden>H</kbd>
    </Button>
  )
  return (
    <>
      <MenuButton button={button} label={t('deed.snooze')} isOpen={isOpen} onOpenChange={onOpenChange}>
        {snoozeChoices(now).map(({ name, until }) => (
          <Item key={name} id={name} detail={moment(until, now, language)} onAction={() => onChoose(until)}>
            {t(`snooze.${name}`)}
          </Item>
        ))}
        <Item id="free" onAction={() => setFree(true)}>
          {t('snooze.other')}
        </Item>
      </MenuButton>
      {free && <FreeTime now={now} onClose={() => setFree(false)} onChoose={onChoose} />}
    </>
  )
}

function FreeTime({ now, onClose, onChoose }: { now: number; onClose: () => void; onChoose: (until: number) => void }) {
  const { t } = useTexts()
  const [value, setValue] = useState(localValue(now + 86_400_000))
  const until = new Date(value).getTime()
  const right = until > Date.now()
  return (
    <Sheet title={t('snooze.title')} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!right) return
          onClose()
          onChoose(until)
        }}
      >
        <Field
          type="datetime-local"
          label={t('snooze.when')}
          hint={t('snooze.wakes')}
          error={right ? undefined : t('snooze.past')}
          value={value}
          min={localValue(now)}
          onChange={(event) => setValue(event.target.value)}
          autoFocus
        />
        <Button type="submit" look="primary" isDisabled={!right}>
          {t('deed.snooze')}
        </Button>
      </form>
    </Sheet>
  )
}

/** A time as `datetime-local` writes it, in the time of this place. */
function localValue(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
