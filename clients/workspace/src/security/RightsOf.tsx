import team from '@/staff/Team.module.css'
import { useWords } from './words'

const GROUPS: Record<string, string[]> = {
  conversations: ['conversations.read', 'conversations.answer', 'conversations.assign', 'conversations.remove', 'views.share'],
  customers: ['customers.read', 'customers.edit'],
  knowledge: ['knowledge.read', 'knowledge.edit'],
  people: ['staff.read', 'staff.manage', 'routing.manage', 'supervision.watch', 'insights.read'],
  desk: ['channels.manage', 'fields.manage', 'automation.manage'],
  security: ['roles.manage', 'security.manage', 'tokens.manage', 'audit.read'],
}

/** Rights in people's words. Nobody can tick one that he hasn't; without `onChange` they are only read. */
export function RightsOf({ all, chosen, mine, onChange }: {
  all: readonly string[]
  chosen: readonly string[]
  mine: readonly string[]
  onChange: ((right: string, on: boolean) => void) | null
}) {
  const words = useWords()
  return Object.entries(GROUPS).map(([group, rights]) => (
    <fieldset key={group} className={team.checks}>
      <legend>{words.t(`rights.${group}`)}</legend>
      {rights
        .filter((right) => all.includes(right))
        .map((right) => (
          <label key={right} title={onChange && !mine.includes(right) ? words.t('roles.lacking') : undefined}>
            <input
              type="checkbox"
              checked={chosen.includes(right)}
              disabled={!onChange || !mine.includes(right)}
              onChange={(event) => onChange?.(right, event.target.checked)}
            />
            {words.t(`right.${right}`)}
          </label>
        ))}
    </fieldset>
  ))
}
