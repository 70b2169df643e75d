import { useTexts } from '@/app/context'
import type { ChannelSetting } from '@/core/model'
import { LANGUAGES, nameOf } from '@/core/texts'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Area, Check, Field, Select } from '@/ui/Field'
import { Tongues } from './Tongues'

type Words = Partial<Record<string, string>>

interface Question {
  key: string
  label?: Words
  options?: string[]
  required?: boolean
}

interface Greeting {
  id: string
  text: Words
  pages?: string[]
  seconds?: number
  scroll?: number
  visits?: number
  languages?: string[]
  always?: boolean
  quiet_days?: number
  enabled?: boolean
}

interface Props<V> {
  label: string
  value: V
  give: (value: V) => void
}

/** A setting of more than one value: texts by language, languages, questions to strangers, greetings. */
export function Structured({ type, error, ...props }: Props<unknown> & { type: ChannelSetting['type']; error: string | undefined }) {
  return (
    <fieldset className={css.secrets}>
      <legend>{props.label}</legend>
      <div role="alert">{error}</div>
      {type === 'translated' && <Translated {...(props as Props<Words>)} />}
      {type === 'languages' && <Tongues {...(props as Props<string[]>)} />}
      {type === 'questions' && <Questions {...(props as Props<Question[]>)} />}
      {type === 'greetings' && <Greetings {...(props as Props<Greeting[]>)} />}
    </fieldset>
  )
}

/** One text in each language; what is empty is said in English, or in whichever there is. */
function Translated({ label, value, give }: Props<Words>) {
  const change = (tag: string, text: string) => {
    const { [tag]: _, ...others } = value
    give(text ? { ...others, [tag]: text } : others)
  }
  return LANGUAGES.map((tag) => (
    <Field
      key={tag}
      lang={tag}
      label={nameOf(tag)}
      aria-description={label}
      maxLength={300}
      value={value[tag] ?? ''}
      onChange={(event) => change(tag, event.target.value)}
    />
  ))
}

const KNOWN = ['name', 'email', 'order', 'topic']

function Questions({ value, give }: Props<Question[]>) {
  const { t } = useTexts()
  const { change, drop } = rows(value, give)
  const add = () => give([...value, { key: KNOWN.find((key) => !value.some((one) => one.key === key)) ?? `own_${value.length + 1}` }])
  return (
    <>
      {value.map((one, at) => (
        <div key={at} className={css.card}>
          <Select label={t('channels.question')} value={KNOWN.includes(one.key) ? one.key : ''} onChange={(event) => change(at, { key: event.target.value || `own_${at + 1}` })}>
            {KNOWN.map((key) => (
              <option key={key} value={key}>
                {t(`channels.question.${key}`)}
              </option>
            ))}
            <option value="">{t('channels.question.own')}</option>
          </Select>
          {!KNOWN.includes(one.key) && (
            <>
              <Field label={t('channels.question.key')} value={one.key} onChange={(event) => change(at, { key: event.target.value })} />
              <Translated label={t('channels.question')} value={one.label ?? {}} give={(label) => change(at, { label })} />
            </>
          )}
          {one.key !== 'name' && one.key !== 'email' && (
            <Lines label={t('channels.question.options')} value={one.options ?? []} give={(options) => change(at, { options })} />
          )}
          <Check label={t('channels.question.required')} checked={!!one.required} onChange={(event) => change(at, { required: event.target.checked })} />
          <Remove onPress={() => drop(at)} />
        </div>
      ))}
      <Add onPress={add}>{t('channels.question.add')}</Add>
    </>
  )
}

const NUMBERS = [
  ['seconds', 10],
  ['scroll', 0],
  ['visits', 1],
  ['quiet_days', 7],
] as const

function Greetings({ value, give }: Props<Greeting[]>) {
  const { t } = useTexts()
  const { change, drop } = rows(value, give)
  const add = () => give([...value, { id: `greeting_${Date.now().toString(36)}`, text: {} }])
  return (
    <>
      <p className={css.soft}>{t('channels.greeting.hint')}</p>
      {value.map((one, at) => (
        <div key={one.id} className={css.card}>
          <Translated label={t('channels.greeting.text')} value={one.text} give={(text) => change(at, { text })} />
          <Lines label={t('channels.greeting.pages')} hint={t('channels.greeting.pagesHint')} value={one.pages ?? []} give={(pages) => change(at, { pages })} />
          {NUMBERS.map(([name, usual]) => (
            <Field
              key={name}
              type="number"
              min={name === 'visits' ? 1 : 0}
              label={t(`channels.greeting.${name}`)}
              value={one[name] ?? usual}
              onChange={(event) => change(at, { [name]: Number(event.target.value) })}
            />
          ))}
          <p className={css.soft}>{t('channels.greeting.languages')}</p>
          <Tongues label={t('channels.greeting.languages')} value={one.languages ?? []} give={(languages) => change(at, { languages })} />
          <Check label={t('channels.greeting.always')} checked={!!one.always} onChange={(event) => change(at, { always: event.target.checked })} />
          <Check label={t('channels.greeting.enabled')} checked={one.enabled ?? true} onChange={(event) => change(at, { enabled: event.target.checked })} />
          <Remove onPress={() => drop(at)} />
        </div>
      ))}
      <Add onPress={add}>{t('channels.greeting.add')}</Add>
    </>
  )
}

function rows<V>(value: V[], give: (value: V[]) => void) {
  return {
    change: (at: number, what: Partial<V>) => give(value.map((one, i) => (i === at ? { ...one, ...what } : one))),
    drop: (at: number) => give(value.filter((_, i) => i !== at)),
  }
}

/** One entry a line. */
function Lines({ label, hint, value, give }: Props<string[]> & { hint?: string }) {
  const { t } = useTexts()
  const lines = (text: string) => text.split('\n').map((line) => line.trimStart())
  return (
    <Area
      label={label}
      hint={hint ?? t('channels.oneALine')}
      rows={2}
      value={value.join('\n')}
      onChange={(event) => give(event.target.value ? lines(event.target.value) : [])}
      onBlur={() => give(value.map((line) => line.trim()).filter(Boolean))}
    />
  )
}

function Remove({ onPress }: { onPress: () => void }) {
  const { t } = useTexts()
  return (
    <div>
      <Button small look="danger" onPress={onPress}>
        {t('channels.remove')}
      </Button>
    </div>
  )
}

function Add({ onPress, children }: { onPress: () => void; children: string }) {
  return (
    <div>
      <Button small onPress={onPress}>
        {children}
      </Button>
    </div>
  )
}
