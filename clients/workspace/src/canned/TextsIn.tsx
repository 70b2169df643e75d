import { useRef, useState } from 'react'
import { useTexts } from '@/app/context'
import { useWords } from '@/automation/words'
import { FIELDS } from '@/core/canned'
import { LANGUAGES, nameOf } from '@/core/texts'
import { Button } from '@/ui/Button'
import { Area } from '@/ui/Field'
import own from '@/automation/automation.module.css'

interface Props {
  texts: Record<string, string>
  onChange: (texts: Record<string, string>) => void
  rows?: number
}

/** One text in five languages: a tab for each, marked where it is still missing; fields go in where the caret stands. */
export function TextsIn({ texts, onChange, rows = 5 }: Props) {
  const { t, language } = useTexts()
  const words = useWords()
  const [tab, choose] = useState(LANGUAGES.find((tag) => texts[tag]) ?? language)
  const panel = useRef<HTMLDivElement>(null)
  const tabs = useRef<HTMLDivElement>(null)
  const text = texts[tab] ?? ''
  const insert = (name: string) => {
    const area = panel.current?.querySelector('textarea')
    const [from, to] = [area?.selectionStart ?? text.length, area?.selectionEnd ?? text.length]
    onChange({ ...texts, [tab]: `${text.slice(0, from)}{${name}}${text.slice(to)}` })
    const caret = from + name.length + 2
    requestAnimationFrame(() => {
      area?.focus()
      area?.setSelectionRange(caret, caret)
    })
  }
  const step = (by: number) => {
    const next = LANGUAGES[(LANGUAGES.indexOf(tab as (typeof LANGUAGES)[number]) + by + LANGUAGES.length) % LANGUAGES.length]!
    choose(next)
    tabs.current?.querySelector<HTMLElement>(`[data-tag="${next}"]`)?.focus()
  }
  return (
    <>
      <div
        ref={tabs}
        className={own.tabs}
        role="tablist"
        aria-label={words.t('auto.languages')}
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') step(event.key === 'ArrowRight' ? 1 : -1)
        }}
      >
        {LANGUAGES.map((tag) => (
          <button key={tag} type="button" role="tab" className={own.tab} data-tag={tag} tabIndex={tag === tab ? 0 : -1} aria-selected={tag === tab} onClick={() => choose(tag)}>
            <span lang={tag}>{nameOf(tag)}</span>
            {!texts[tag]?.trim() && <small> · {words.t('auto.missing')}</small>}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-label={nameOf(tab)} ref={panel}>
        <Area label={nameOf(tab)} lang={tab} rows={rows} value={text} onChange={(event) => onChange({ ...texts, [tab]: event.target.value })} />
      </div>
      <div className={own.tabs} role="group" aria-label={words.t('auto.insert')}>
        {FIELDS.map((name) => (
          <Button key={name} small onPress={() => insert(name)}>
            {t(`field.insert.${name}`)}
          </Button>
        ))}
      </div>
    </>
  )
}
