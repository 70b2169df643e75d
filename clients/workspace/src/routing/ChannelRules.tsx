import { useQuery } from '@tanstack/react-query'
import { useTexts } from '@/app/context'
import { channelsQuery } from '@/app/queries'
import type { ChannelRule, RoutingSettings } from '@/core/routing'
import { wholeTeamsQuery } from './queries'
import type { Change } from './Routing'
import { Choice, Sentence } from './Sentence'

const NOTHING: ChannelRule = { team_id: null, skill: null }

/** Where what comes in through each channel belongs. */
export function ChannelRules({ settings, set }: { settings: RoutingSettings; set: Change }) {
  const { t } = useTexts()
  const channels = useQuery(channelsQuery()).data ?? []
  const teams = useQuery(wholeTeamsQuery()).data ?? []
  if (!channels.length) return null
  const change = (id: string, rule: ChannelRule) => {
    const rest = Object.entries(settings.channels).filter(([one]) => one !== id)
    set('channels', Object.fromEntries(rule.team_id || rule.skill ? [...rest, [id, rule]] : rest))
  }
  return (
    <section>
      <h2>{t('routing.channels')}</h2>
      {channels.map(({ id, name }) => {
        const rule = settings.channels[id] ?? NOTHING
        return (
          <Sentence
            key={id}
            words={settings.skills.length ? 'routing.channelSkill' : 'routing.channel'}
            slots={{
              channel: <b>{name}</b>,
              team: (
                <Choice
                  label={t('routing.teamOf', { channel: name })}
                  value={rule.team_id ?? ''}
                  options={[['', t('routing.everyone')], ...teams.map(({ id, name }) => [id, name] as const)]}
                  onChange={(team) => change(id, { ...rule, team_id: team || null })}
                />
              ),
              skill: (
                <Choice
                  label={t('routing.skillOf', { channel: name })}
                  value={rule.skill ?? ''}
                  options={[['', t('routing.noSkill')], ...settings.skills.map(({ name }) => [name, name] as const)]}
                  onChange={(skill) => change(id, { ...rule, skill: skill || null })}
                />
              ),
            }}
          />
        )
      })}
    </section>
  )
}
