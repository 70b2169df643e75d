import { useState, type CSSProperties } from 'react'
import { useTexts } from '@/app/context'
import { composing } from '@/core/keys'
import { Button } from '@/ui/Button'
import { Item, MenuButton, Section } from '@/ui/Menu'
import css from './automation.module.css'
import { spanOf, UNITS } from './rules'
import { useWords } from './words'

export type Options = readonly (readonly [string, string])[]

/** A word of the sentence that opens a menu. `chosen` may be several: then each choice puts one in or takes it out. */
export function Choice({ label, shown, groups, chosen, onPick, gap }: {
  label: string
  shown: string
  groups: readonly { title?: string; options: Options }[]
  chosen: readonly string[]
  onPick: (key: string) => void
  gap?: boolean
}) {
  const items = (options: Options) =>
    options.map(([key, name]) => (
      <Item key={key} id={key} checked={chosen.includes(key)} onAction={() => onPick(key)} textValue={name}>
        {name}
      </Item>
    ))
  const button = (
    <Button small className={css.part} data-gap={gap || undefined} aria-label={`${label}: ${shown}`}>
      {shown}
    </Button>
  )
  return (
    <MenuButton label={label} button={button}>
      {groups.map(({ title, options }, place) => (title ? <Section key={title} title={title}>{items(options)}</Section> : <Section key={place} title={label}>{items(options)}</Section>))}
    </MenuButton>
  )
}

/** A place of the sentence that is typed into; it counts when one leaves it or presses Enter. */
export function Typed({ label, value, onChange, gap, type = 'text', list, long }: {
  label: string
  value: string
  onChange: (value: string) => void
  gap?: boolean
  type?: 'text' | 'number' | 'time' | 'url'
  list?: readonly string[]
  long?: boolean
}) {
  const [typed, type_] = useState<string | null>(null)
  const shown = typed ?? value
  const commit = () => {
    if (typed !== null && typed !== value) onChange(typed)
    type_(null)
  }
  const id = list ? `list-${label.replace(/\W+/g, '-')}` : undefined
  return (
    <>
      <input
        className={css.typed}
        style={{ '--letters': Math.min(Math.max(widthOf(shown) + (type === 'text' ? 1 : 5), long ? 24 : 6), 60) } as CSSProperties}
        data-gap={gap || undefined}
        aria-label={label}
        aria-invalid={gap || undefined}
        placeholder={label}
        type={type}
        list={id}
        value={shown}
        onChange={(event) => type_(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && !composing(event.nativeEvent) && commit()}
      />
      {list && (
        <datalist id={id}>
          {list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  )
}

/** In the width of a digit; Han, Kana and Hangul take two. */
const widthOf = (text: string) => [...text].reduce((sum, char) => sum + (/[\u1100-\u11ff\u2e80-\uffef]/.test(char) ? 2 : 1), 0)

/** So many minutes, hours or days. */
export function Span({ label, minutes, onChange }: { label: string; minutes: number; onChange: (minutes: number) => void }) {
  const { n } = useWords()
  const { language } = useTexts()
  const { count, unit } = spanOf(minutes)
  const nameOf = (one: keyof typeof UNITS) => n(`duration.${one}`, count).replace(count.toLocaleString(language), '').trim()
  const set = (number: number, in_: keyof typeof UNITS) => number > 0 && onChange(Math.round(number) * UNITS[in_])
  return (
    <>
      <Typed label={label} type="number" value={String(count)} onChange={(value) => set(Number(value), unit)} />{' '}
      <Choice
        label={label}
        shown={nameOf(unit)}
        groups={[{ options: (Object.keys(UNITS) as (keyof typeof UNITS)[]).map((one) => [one, nameOf(one)] as const) }]}
        chosen={[unit]}
        onPick={(one) => set(count, one as keyof typeof UNITS)}
      />
    </>
  )
}
