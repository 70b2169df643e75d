import { useState } from 'react'
import { Button } from '@/ui/Button'
import { Check } from '@/ui/Field'
import { Icon } from '@/ui/Icon'
import css from '@/staff/Settings.module.css'
import own from './automation.module.css'
import { Log } from './Log'
import { Typed } from './Part'
import { useOffered, useRuleDeeds } from './queries'
import { draftOf, isWhole, type Draft, type Rule } from './rules'
import { Sentence } from './Sentence'
import { Tried } from './Tried'
import { useWords } from './words'

interface Props {
  rule: Rule
  /** How many there are in all. */
  count: number
}

/** One rule: read as a sentence, changed in the sentence. What is whole counts at once; what isn't waits here. */
export function RuleCard({ rule, count }: Props) {
  const { t, n } = useWords()
  const deeds = useRuleDeeds()
  const [draft, edit] = useState<Draft | null>(null)
  const [shown, show] = useState<'tried' | 'log' | null>(null)
  const flip = (what: 'tried' | 'log') => show(shown === what ? null : what)
  const change = (next: Draft) => {
    edit(next)
    if (isWhole(next)) void deeds.change(rule, changes(rule, next), 'auto.changed')
  }
  return (
    <li className={css.card} data-off={!rule.enabled || undefined} aria-label={rule.name}>
      <div className={css.line}>
        <h2>
          {draft ? <Typed label={t('auto.name')} value={draft.name} long onChange={(name) => name.trim() && change({ ...draft, name: name.trim() })} /> : rule.name}
        </h2>
        <span className={css.deeds}>
          <Check
            label={t(rule.enabled ? 'auto.on' : 'auto.off')}
            role="switch"
            aria-label={t('auto.switch', { name: rule.name })}
            checked={rule.enabled}
            onChange={() => void deeds.change(rule, { enabled: !rule.enabled }, rule.enabled ? 'auto.switchedOff' : 'auto.switchedOn')}
          />
          <Button small icon look="quiet" isDisabled={rule.position === 0} aria-label={t('auto.up', { name: rule.name })} onPress={() => void deeds.move(rule, rule.position - 1)}>
            <Icon name="up" size={16} />
          </Button>
          <Button small icon look="quiet" isDisabled={rule.position >= count - 1} aria-label={t('auto.down', { name: rule.name })} onPress={() => void deeds.move(rule, rule.position + 1)}>
            <Icon name="down" size={16} />
          </Button>
        </span>
      </div>
      {draft ? <Editing draft={draft} onChange={change} /> : <p className={own.read}>{rule.sentence}</p>}
      {rule.gone && <p>{t(rule.enabled ? 'auto.gone' : 'auto.gone.off')}</p>}
      <div className={css.line}>
        <span className={css.soft}>{n('auto.times', rule.times)}</span>
        <span className={css.deeds}>
          <Button small onPress={() => edit(draft ? null : draftOf(rule))} aria-expanded={draft !== null}>
            {t(draft ? 'auto.done' : 'auto.edit')}
          </Button>
          <Button small aria-expanded={shown === 'tried'} onPress={() => flip('tried')}>
            {t('auto.try')}
          </Button>
          <Button small aria-expanded={shown === 'log'} onPress={() => flip('log')}>
            {t('auto.log')}
          </Button>
          <Button small look="danger" onPress={() => void deeds.drop(rule)} aria-label={t('auto.removeOf', { name: rule.name })}>
            {t('auto.remove')}
          </Button>
        </span>
      </div>
      {shown === 'tried' && <Tried draft={draft ?? draftOf(rule)} id={rule.id} />}
      {shown === 'log' && <Log id={rule.id} />}
    </li>
  )
}

/** A rule that is not kept yet: it is, switched off, as soon as it is whole. */
export function NewRule({ first, onDone }: { first: Draft; onDone: () => void }) {
  const { t } = useWords()
  const deeds = useRuleDeeds()
  const [draft, edit] = useState(first)
  const [trying, tryIt] = useState(false)
  const keep = async () => (await deeds.add(draft)) && onDone()
  return (
    <li className={css.card} aria-label={t('auto.new')}>
      <h2>
        <Typed label={t('auto.name')} value={draft.name} long onChange={(name) => name.trim() && edit({ ...draft, name: name.trim() })} />
      </h2>
      <Editing draft={draft} onChange={edit} />
      <div className={css.line}>
        <span className={css.soft}>{t('auto.startsOff')}</span>
        <span className={css.deeds}>
          <Button small isDisabled={!isWhole(draft)} aria-expanded={trying} onPress={() => tryIt(!trying)}>
            {t('auto.try')}
          </Button>
          <Button small look="quiet" onPress={onDone}>
            {t('auto.discard')}
          </Button>
          <Button small look="primary" isDisabled={!isWhole(draft)} onPress={() => void keep()}>
            {t('auto.keep')}
          </Button>
        </span>
      </div>
      {trying && <Tried draft={draft} id="" />}
    </li>
  )
}

function Editing({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const { t } = useWords()
  const offered = useOffered()
  return (
    <>
      <Sentence draft={draft} offered={offered} onChange={onChange} />
      <Check label={t('auto.stop')} checked={draft.stop} onChange={() => onChange({ ...draft, stop: !draft.stop })} />
      <p className={css.soft} role="status">
        {isWhole(draft) ? '' : t('auto.gaps')}
      </p>
    </>
  )
}

/** Only what is different, so that Undo brings back that and nothing else. */
function changes(rule: Rule, next: Draft): Partial<Draft> {
  const before = draftOf(rule)
  const different = Object.entries(next).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof Draft]))
  return Object.fromEntries(different)
}
