import { useState } from 'react'
import { useNow, useTexts } from '@/app/context'
import { localValue, moment, snoozeChoices } from '@/core/time'
import { when } from '@/core/when'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import css from './SnoozeMenu.module.css'

interface Props {
  title: string
  /** What the button that ends it says. */
  verb: string
  hint: string
  onClose: () => void
  onChoose: (at: number) => void
}

/** A time to come: in words (`tue 3pm`, in five languages), by one of the usual ones, or from a calendar. */
export default function WhenSheet({ title, verb, hint, onClose, onChoose }: Props) {
  const { t, language } = useTexts()
  const now = useNow()
  const [words, setWords] = useState('')
  const [picked, setPicked] = useState('')
  const at = picked ? new Date(picked).getTime() : when(words, now)
  const right = at !== null && at > now
  const choose = (chosen: number) => {
    onClose()
    onChoose(chosen)
  }
  const wrong = words && !right ? t('when.unclear') : picked && !right ? t('snooze.past') : undefined
  return (
    <Sheet title={title} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          // A sheet over the composer is drawn elsewhere, but stands in its form all the same.
          event.stopPropagation()
          if (right) choose(at)
        }}
      >
        <Field
          label={t('when.words')}
          placeholder={t('when.example')}
          hint={right && !picked ? inFull(at, language) : hint}
          error={wrong}
          value={words}
          autoFocus
          autoComplete="off"
          onChange={(event) => {
            setWords(event.target.value)
            setPicked('')
          }}
        />
        <ul className={css.usual}>
          {snoozeChoices(now).map(({ name, until }) => (
            <li key={name}>
              <Button small onPress={() => choose(until)}>
                {t(`snooze.${name}`)} <small>{moment(until, now, language)}</small>
              </Button>
            </li>
          ))}
        </ul>
        <Field type="datetime-local" label={t('snooze.when')} value={picked} min={localValue(now)} onChange={(event) => setPicked(event.target.value)} />
        <Button type="submit" look="primary" isDisabled={!right}>
          {verb}
        </Button>
      </form>
    </Sheet>
  )
}

/** So that nobody is in doubt about what was understood. */
function inFull(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hour12: false }).format(at)
}
