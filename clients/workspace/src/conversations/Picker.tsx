import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useImperativeHandle, useState, type Ref } from 'react'
import { useTexts } from '@/app/context'
import { macroPreviewQuery } from '@/app/queries'
import { composing } from '@/core/keys'
import type { Trigger } from '@/core/triggers'
import type { Opened } from './Conversation'
import css from './Picker.module.css'
import { useOptions, type Choice } from './useOptions'

export interface PickerHandle {
  /** Whether the key was the list's: arrows, Enter, Tab. Of a list that is still to come Enter takes the first. */
  press(event: React.KeyboardEvent): boolean
}

interface Props {
  ref: Ref<PickerHandle>
  trigger: Trigger
  opened: Opened
  onPick: (choice: Choice) => void
  /** The option that the keys are on, for the text box to name; null when nothing is offered. */
  onMark: (id: string | null) => void
}

/** What a mark in the text offers. The focus stays in the text; the keys come from there. */
export function Picker({ ref, trigger, opened, onPick, onMark }: Props) {
  const { t } = useTexts()
  const list = useId()
  const { options, coming } = useOptions(trigger, opened)
  const [at, setAt] = useState(0)
  const [wanted, want] = useState(false)
  const marked = options[Math.min(at, options.length - 1)]
  const preview = useQuery({ ...macroPreviewQuery(opened.row.id, marked?.macro?.id ?? ''), enabled: marked?.macro !== undefined }).data
  const active = marked ? `${list}-${marked.id}` : null

  useEffect(() => {
    setAt(0)
    want(false)
  }, [trigger.mark, trigger.word])
  useEffect(() => {
    onMark(active)
    if (active) document.getElementById(active)?.scrollIntoView({ block: 'nearest' })
    return () => onMark(null)
  }, [active])

  const pick = (option: (typeof options)[number]) => onPick(option.macro ? { macro: option.macro } : { text: option.text ?? '', canned: option.canned })

  useEffect(() => {
    if (wanted && marked) pick(marked)
  }, [wanted, marked])

  useImperativeHandle(ref, () => ({
    press(event) {
      if (composing(event.nativeEvent)) return false
      if (!marked && coming && isTaking(event)) {
        want(true)
        return true
      }
      if (!marked) return false
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step) setAt((Math.min(at, options.length - 1) + step + options.length) % options.length)
      else if (isTaking(event)) pick(marked)
      else return false
      return true
    },
  }))

  if (!marked) return null
  return (
    <div className={css.picker}>
      <ul role="listbox" id={list} tabIndex={0} aria-label={t(`picker.label.${NAMES[trigger.mark]}`)}>
        {options.map((option) => (
          <li
            key={option.id}
            id={`${list}-${option.id}`}
            role="option"
            aria-selected={option === marked}
            onPointerMove={() => setAt(options.indexOf(option))}
            onMouseDown={(event) => {
              event.preventDefault()
              pick(option)
            }}
          >
            <b>{option.title}</b>
            <span lang={option.lang ?? undefined}>{option.detail}</span>
          </li>
        ))}
      </ul>
      {(marked.whole || (marked.macro && preview)) && (
        <div className={css.whole} aria-live="polite">
          {marked.macro && preview ? <Lines lines={preview.lines} /> : <p lang={marked.lang ?? undefined}>{marked.whole}</p>}
        </div>
      )}
    </div>
  )
}

const isTaking = (event: React.KeyboardEvent) => (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab'

const NAMES = { '/': 'answers', '{': 'fields', '@': 'colleagues', '#': 'conversations', '>': 'orders' } as const

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ol>
      {lines.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ol>
  )
}
