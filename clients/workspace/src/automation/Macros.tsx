import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useStore, useTexts } from '@/app/context'
import { macroPreviewQuery } from '@/app/queries'
import { Button } from '@/ui/Button'
import { Select } from '@/ui/Field'
import { Icon } from '@/ui/Icon'
import css from '@/staff/Settings.module.css'
import own from './automation.module.css'
import { For, useForWhom, useHand } from './For'
import { Typed } from './Part'
import { allMacrosQuery, useMacroDeeds, useOffered } from './queries'
import { gapsOfStep, type Macro, type Step } from './rules'
import { Steps } from './Sentence'
import { useWords } from './words'

/** What an agent does with one key: steps that are set off by hand. */
export function Macros() {
  const { t } = useWords()
  const { language } = useTexts()
  const macros = useQuery(allMacrosQuery(language)).data
  const [adding, add] = useState(false)
  return (
    <section>
      <div className={css.line}>
        <p className={css.soft}>{t('auto.macros.what')}</p>
        <Button onPress={() => add(true)} isDisabled={adding}>
          <Icon name="plus" size={16} />
          {t('auto.macros.add')}
        </Button>
      </div>
      {macros?.length === 0 && !adding && <p className={css.soft}>{t('auto.macros.none')}</p>}
      <ul className={css.list}>
        {adding && <NewMacro onDone={() => add(false)} />}
        {macros?.map((macro) => (
          <MacroCard key={macro.id} macro={macro} />
        ))}
      </ul>
    </section>
  )
}

const isWhole = (steps: readonly Step[]) => steps.length > 0 && !steps.some((step) => gapsOfStep(step).length)

function MacroCard({ macro }: { macro: Macro }) {
  const { t } = useWords()
  const deeds = useMacroDeeds()
  const offered = useOffered()
  const [steps, edit] = useState<Step[] | null>(null)
  const [looking, look] = useState(false)
  const may = useHand()(macro)
  const forWhom = useForWhom(offered.team)
  const change = (next: Step[]) => {
    edit(next)
    if (isWhole(next)) void deeds.change(macro, { steps: next })
  }
  return (
    <li className={css.card} aria-label={macro.name}>
      <div className={css.line}>
        <h2>{steps ? <Typed label={t('auto.name')} value={macro.name} long onChange={(name) => name.trim() && void deeds.change(macro, { name: name.trim() })} /> : macro.name}</h2>
        {!steps && <span className={css.soft}>{forWhom(macro)}</span>}
        {steps && <For thing={macro} teams={offered.team} onChange={(to) => void deeds.change(macro, to)} />}
      </div>
      {steps ? (
        <p className={own.sentence}>
          <Steps steps={steps} offered={offered} onChange={change} />
        </p>
      ) : (
        <ol>
          {macro.lines.map((line, place) => (
            <li key={place}>{line}</li>
          ))}
        </ol>
      )}
      <p className={css.soft} role="status">
        {steps && !isWhole(steps) ? t('auto.gaps') : ''}
      </p>
      <span className={css.deeds}>
        {may && (
          <Button small aria-expanded={steps !== null} onPress={() => edit(steps ? null : macro.steps)}>
            {t(steps ? 'auto.done' : 'auto.edit')}
          </Button>
        )}
        <Button small aria-expanded={looking} onPress={() => look(!looking)}>
          {t('auto.preview')}
        </Button>
        {may && (
          <Button small look="danger" onPress={() => void deeds.drop(macro)} aria-label={t('auto.removeOf', { name: macro.name })}>
            {t('auto.remove')}
          </Button>
        )}
      </span>
      {looking && <Look macro={macro} />}
    </li>
  )
}

function NewMacro({ onDone }: { onDone: () => void }) {
  const { t } = useWords()
  const deeds = useMacroDeeds()
  const offered = useOffered()
  const [made, make] = useState<Pick<Macro, 'name' | 'scope' | 'team_id' | 'steps'>>({ name: '', scope: 'mine', team_id: null, steps: [{ do: 'reply', texts: {} }] })
  const whole = made.name.trim() !== '' && isWhole(made.steps) && (made.scope !== 'team' || made.team_id !== null)
  const keep = async () => (await deeds.add({ ...made, name: made.name.trim() })) && onDone()
  return (
    <li className={css.card} aria-label={t('auto.macros.add')}>
      <div className={css.line}>
        <h2>
          <Typed label={t('auto.name')} value={made.name} long gap={!made.name} onChange={(name) => make({ ...made, name })} />
        </h2>
        <For thing={made} teams={offered.team} onChange={(to) => make({ ...made, ...to })} />
      </div>
      <p className={own.sentence}>
        <Steps steps={made.steps} offered={offered} onChange={(steps) => make({ ...made, steps })} />
      </p>
      <p className={css.soft} role="status">
        {whole ? '' : t('auto.gaps')}
      </p>
      <span className={css.deeds}>
        <Button small look="quiet" onPress={onDone}>
          {t('auto.discard')}
        </Button>
        <Button small look="primary" isDisabled={!whole} onPress={() => void keep()}>
          {t('auto.macros.keep')}
        </Button>
      </span>
    </li>
  )
}

/** What it would do in a conversation that is there. */
function Look({ macro }: { macro: Macro }) {
  const { t, language } = useWords()
  const texts = useTexts()
  const desk = useDesk()
  const rows = [...useStore(desk.inbox).rows.values()].sort((a, b) => b.last_at - a.last_at).slice(0, 20)
  useQuery({ queryKey: ['inbox', 'for-preview'], queryFn: ({ signal }) => desk.page('/conversations?view=all&limit=20', signal) })
  const [picked, pick] = useState('')
  const id = picked || rows[0]?.id || ''
  const preview = useQuery({ ...macroPreviewQuery(id, macro.id), queryKey: ['macros', 'preview', id, macro.id, JSON.stringify(macro.steps), language], enabled: id !== '' }).data
  return (
    <section className={own.told} aria-label={t('auto.preview')}>
      <Select label={t('auto.previewIn')} value={id} onChange={(event) => pick(event.target.value)}>
        {rows.map((row) => (
          <option key={row.id} value={row.id}>
            {row.customer.name || texts.t('customer.anonymous')} #{row.number}
          </option>
        ))}
      </Select>
      <div role="status">
        {preview?.lines.map((line, place) => (
          <p key={place}>{line}</p>
        ))}
        {preview?.empty.length ? <p>{texts.t('composer.missing', { fields: preview.empty.map((name) => texts.t(`field.insert.${name}`)).join(', ') })}</p> : null}
      </div>
      {preview?.text && (
        <p className={css.card} lang={preview.language ?? undefined}>
          {preview.text}
        </p>
      )}
    </section>
  )
}
