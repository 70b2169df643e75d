import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTexts } from '@/app/context'
import { traceQuery } from '@/app/queries'
import type { Trace } from '@/core/model'
import { nameOf } from '@/core/texts'
import { Icon } from '@/ui/Icon'
import { Mood } from '@/ui/Mood'
import css from './TraceView.module.css'

/** The five questions: understood, looked up, decided, checked, by what and how fast. */
export default function TraceView({ conversation, message }: { conversation: string; message: string }) {
  const { t } = useTexts()
  const trace = useQuery(traceQuery(conversation, message))
  if (trace.error) return <p role="alert">{trace.error.message}</p>
  if (!trace.data) return <p className={css.soft}>{t('trace.looking')}</p>
  return (
    <ol className={css.steps}>
      <Understood trace={trace.data} />
      <LookedUp trace={trace.data} />
      <Step title={t('trace.decided')}>
        <p>
          {known(t, `decision.${trace.data.decision}`, trace.data.decision)} <code>{trace.data.rule}</code>
        </p>
      </Step>
      <Checks trace={trace.data} />
      <Cost trace={trace.data} />
    </ol>
  )
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li>
      <h3>{title}</h3>
      {children}
    </li>
  )
}

function Understood({ trace: { understood } }: { trace: Trace }) {
  const { t, language } = useTexts()
  if (!understood) return null
  return (
    <Step title={t('trace.understood')}>
      <p className={css.facts}>
        {understood.language && <span>{nameOf(understood.language)}</span>}
        {understood.mood && <Mood mood={understood.mood} />}
        {understood.mood && <span>{t(`mood.${understood.mood}`)}</span>}
        <span>{t(understood.wants_human ? 'trace.wantsHuman' : 'trace.wantsNoHuman')}</span>
        {understood.confidence !== undefined && <span>{t('trace.sure', { share: share(understood.confidence, language) })}</span>}
      </p>
    </Step>
  )
}

function LookedUp({ trace: { looked_up } }: { trace: Trace }) {
  const { t, language } = useTexts()
  return (
    <Step title={t('trace.lookedUp')}>
      {looked_up.length === 0 && <p className={css.soft}>{t('trace.nothingFound')}</p>}
      <ul className={css.passages}>
        {looked_up.map((one) => (
          <li key={one.article_id + one.heading + one.text} data-used={one.used}>
            <p className={css.source}>
              <b>{one.title}</b>
              {one.heading && one.heading !== one.title && <span> · {one.heading}</span>}
            </p>
            <p lang={one.language} className={css.passage}>
              {one.text}
            </p>
            <p className={css.soft}>
              {t(one.used ? 'trace.used' : 'trace.unused')} · {t('trace.score', { share: share(one.score, language) })} ·{' '}
              {t('trace.meaning', { share: share(one.meaning, language) })} · {t('trace.words', { share: share(one.words, language) })}
            </p>
          </li>
        ))}
      </ul>
    </Step>
  )
}

function Checks({ trace: { checks } }: { trace: Trace }) {
  const { t } = useTexts()
  if (!checks.length) return null
  return (
    <Step title={t('trace.checks')}>
      <ul className={css.checks}>
        {checks.map((check) => (
          <li key={check.name} data-passed={check.passed}>
            <Icon name={check.passed ? 'check' : 'close'} size={16} label={t(check.passed ? 'trace.passed' : 'trace.failed')} />
            <span>
              {known(t, `check.${check.name}`, check.name)}
              {check.detail && <span className={css.soft}> {check.detail}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Step>
  )
}

function Cost({ trace: { model, ms } }: { trace: Trace }) {
  const { t } = useTexts()
  const name = model && typeof model['name'] === 'string' ? model['name'] : null
  return (
    <Step title={t('trace.model')}>
      <p>
        {name ?? t('trace.noModel')}
        {ms?.['total'] !== undefined && <span className={css.soft}> · {t('trace.took', { ms: Math.round(ms['total']) })}</span>}
      </p>
    </Step>
  )
}

/** Names that a newer server may add are shown as they come. */
const known = (t: (key: string) => string, key: string, fallback: string) => (t(key) === key ? fallback : t(key))

const share = (value: number, language: string) => new Intl.NumberFormat(language, { style: 'percent' }).format(value)
