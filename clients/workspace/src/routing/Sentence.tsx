import { Fragment, useState, type ReactNode } from 'react'
import { useTexts } from '@/app/context'
import { pieces } from '@/core/routing'
import css from './Routing.module.css'

/** A sentence of the texts with controls where its placeholders are. */
export function Sentence({ words, slots }: { words: string; slots: Record<string, ReactNode> }) {
  const { t } = useTexts()
  return (
    <p className={css.sentence}>
      {pieces(t(words)).map(({ words, slot }, number) => (
        <Fragment key={number}>
          {words}
          {slot && slots[slot]}
        </Fragment>
      ))}
    </p>
  )
}

/** A number that takes effect when it is left or Enter is pressed; what can't be is put back. */
export function Count({ value, label, onChange, min = 0, max = 10_080 }: {
  value: number
  label: string
  onChange: (value: number) => void
  min?: number
  max?: number
}) {
  const [typed, type] = useState<string | null>(null)
  const commit = () => {
    const wanted = Math.round(Number(typed))
    if (typed !== null && typed.trim() && wanted >= min && wanted <= max && wanted !== value) onChange(wanted)
    type(null)
  }
  return (
    <input
      className={css.count}
      type="number"
      min={min}
      max={max}
      aria-label={label}
      value={typed ?? value}
      onChange={(event) => type(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  )
}

/** A choice inside a sentence. */
export function Choice({ value, label, options, onChange }: {
  value: string
  label: string
  options: readonly (readonly [value: string, words: string])[]
  onChange: (value: string) => void
}) {
  return (
    <select className={css.choice} aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map(([id, words]) => (
        <option key={id} value={id}>
          {words}
        </option>
      ))}
    </select>
  )
}
