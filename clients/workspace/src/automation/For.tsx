import { useDesk } from '@/app/context'
import type { Scope } from '@/core/model'
import { Select } from '@/ui/Field'
import { useWords } from './words'

export interface Scoped {
  scope: Scope
  team_id: string | null
}

type Teams = readonly (readonly [id: string, name: string])[]

/** Whether the person may change what is kept so: his own, and everybody's if he looks after them. */
export function useHand() {
  const { rights } = useDesk().me
  return ({ scope }: Pick<Scoped, 'scope'>) => rights.includes(scope === 'mine' ? 'conversations.answer' : 'automation.manage')
}

/** Who may use it: one choice, the teams among them. */
export function For({ thing, teams, onChange }: { thing: Scoped; teams: Teams; onChange: (to: Scoped) => void }) {
  const { t } = useWords()
  const shared = useHand()({ scope: 'everyone' })
  return (
    <Select
      label={t('auto.for')}
      value={thing.scope === 'team' ? `team ${thing.team_id}` : thing.scope}
      onChange={({ target }) => {
        const [scope, team_id] = target.value.split(' ') as [Scope, string?]
        onChange({ scope, team_id: team_id ?? null })
      }}
    >
      <option value="mine">{t('auto.scope.mine')}</option>
      {shared && <option value="everyone">{t('auto.scope.everyone')}</option>}
      {shared &&
        teams.map(([id, name]) => (
          <option key={id} value={`team ${id}`}>
            {t('auto.scope.team', { team: name })}
          </option>
        ))}
    </Select>
  )
}

/** The same in a word. */
export function useForWhom(teams: Teams) {
  const { t } = useWords()
  return ({ scope, team_id }: Scoped) => (scope === 'team' ? (teams.find(([id]) => id === team_id)?.[1] ?? '') : t(`auto.scope.${scope}`))
}
