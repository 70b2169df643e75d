import { useQuery } from '@tanstack/react-query'
import { useTexts } from '@/app/context'
import { patch } from '@/core/api'
import { AHEAD, type Routing as Answer, type RoutingSettings } from '@/core/routing'
import { zones } from '@/core/shifts'
import settingsCss from '@/staff/Settings.module.css'
import { Select } from '@/ui/Field'
import { ChannelRules } from './ChannelRules'
import { routingQuery } from './queries'
import css from './Routing.module.css'
import { Choice, Count, Sentence } from './Sentence'
import { ShiftEditor } from './ShiftEditor'
import { Skills } from './Skills'
import { Teams } from './Teams'
import { useChange } from './useChange'

export type Change = <K extends keyof RoutingSettings>(name: K, value: RoutingSettings[K]) => void

/** Who gets which conversation, in sentences. Each change counts at once and can be undone. */
export function Routing() {
  const routing = useQuery(routingQuery()).data
  const change = useChange<Answer, Partial<RoutingSettings>>({
    keys: [['routing']],
    send: (wanted) => patch('/routing', wanted),
    draw: (old, wanted) => ({ ...old, settings: { ...old.settings, ...wanted } }),
  })
  if (!routing) return null
  const { settings } = routing
  const set: Change = (name, value) => change({ [name]: value }, { [name]: settings[name] }, 'routing.changed')
  return (
    <div className={css.rooms}>
      <Who settings={settings} set={set} />
      <Gone settings={settings} set={set} />
      <Queue settings={settings} set={set} />
      <Skills settings={settings} set={set} />
      <ChannelRules settings={settings} set={set} />
      <Opening answer={routing} set={set} />
      <Teams />
    </div>
  )
}

function Who({ settings, set }: { settings: RoutingSettings; set: Change }) {
  const { t } = useTexts()
  return (
    <section>
      <h2>{t('routing.who')}</h2>
      <Sentence
        words="routing.strategy"
        slots={{ strategy: <Choice label={t('routing.strategyLabel')} value={settings.strategy} options={strategies(t)} onChange={(value) => set('strategy', value as RoutingSettings['strategy'])} /> }}
      />
      <Sentence
        words="routing.language"
        slots={{
          choice: (
            <Choice
              label={t('routing.languageLabel')}
              value={settings.any_language ? 'anyone' : 'wait'}
              options={[['anyone', t('routing.anyone')], ['wait', t('routing.waits')]]}
              onChange={(value) => set('any_language', value === 'anyone')}
            />
          ),
        }}
      />
      <Sentence
        words="routing.lastAgent"
        slots={{
          days: <Count label={t('routing.lastAgentDays')} value={settings.last_agent_days} max={365} onChange={(value) => set('last_agent_days', value)} />,
          minutes: <Count label={t('routing.lastAgentMinutes')} value={settings.last_agent_minutes} onChange={(value) => set('last_agent_minutes', value)} />,
        }}
      />
    </section>
  )
}

export const strategies = (t: (key: string) => string) =>
  [['least_loaded', t('routing.least_loaded')], ['round_robin', t('routing.round_robin')]] as const

function Gone({ settings, set }: { settings: RoutingSettings; set: Change }) {
  const { t } = useTexts()
  return (
    <section>
      <h2>{t('routing.gone')}</h2>
      <Sentence
        words="routing.goneNew"
        slots={{ minutes: <Count label={t('routing.goneNewLabel')} value={settings.return_new_minutes} onChange={(value) => set('return_new_minutes', value)} /> }}
      />
      <Sentence
        words="routing.goneBegun"
        slots={{ minutes: <Count label={t('routing.goneBegunLabel')} value={settings.return_begun_minutes} onChange={(value) => set('return_begun_minutes', value)} /> }}
      />
      <p className={settingsCss.soft}>{t('routing.goneHint')}</p>
    </section>
  )
}

function Queue({ settings, set }: { settings: RoutingSettings; set: Change }) {
  const { t } = useTexts()
  const slots = Object.fromEntries(
    AHEAD.map((name) => [
      name,
      <Count key={name} label={t(`routing.ahead.${name}`)} min={-10_080} value={settings.ahead[name] ?? 0} onChange={(value) => set('ahead', { ...settings.ahead, [name]: value })} />,
    ]),
  )
  return (
    <section>
      <h2>{t('routing.queue')}</h2>
      <Sentence words="routing.aheadTier" slots={slots} />
      <Sentence words="routing.aheadPriority" slots={slots} />
      <p className={settingsCss.soft}>{t('routing.queueHint')}</p>
    </section>
  )
}

function Opening({ answer, set }: { answer: Answer; set: Change }) {
  const { t, language } = useTexts()
  const { opens_at, settings } = answer
  const when = new Intl.DateTimeFormat(language, { weekday: 'long', hour: 'numeric', minute: '2-digit' })
  return (
    <section>
      <h2>{t('routing.opening')}</h2>
      {opens_at && <p>{t('routing.opensAt', { time: when.format(opens_at) })}</p>}
      <ShiftEditor shifts={settings.opening} without={t('routing.openingByShifts')} onChange={(opening) => set('opening', opening)} />
      <Select label={t('routing.timezone')} hint={t('routing.timezoneHint')} value={settings.timezone} onChange={(event) => set('timezone', event.target.value)}>
        {zones(settings.timezone).map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </Select>
    </section>
  )
}
