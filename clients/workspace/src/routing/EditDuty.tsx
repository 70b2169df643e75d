import { useQuery } from '@tanstack/react-query'
import { useTexts } from '@/app/context'
import { kindsQuery } from '@/app/queries'
import { put } from '@/core/api'
import type { Agent } from '@/core/model'
import type { Duty } from '@/core/routing'
import team from '@/staff/Team.module.css'
import { Sheet } from '@/ui/Sheet'
import { routingQuery } from './queries'
import { Count, Sentence } from './Sentence'
import { ShiftEditor } from './ShiftEditor'
import { useChange } from './useChange'

/** What an agent is good at, how much of each channel he takes, and when he works. */
export function EditDuty({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const { t } = useTexts()
  const kinds = useQuery(kindsQuery()).data ?? []
  const listed = useQuery(routingQuery()).data?.settings.skills ?? []
  const change = useChange<Agent[], Partial<Duty>>({
    keys: [['agents']],
    send: (wanted) => put(`/agents/${agent.id}/duty`, wanted),
    draw: (old, wanted) => old.map((one) => (one.id === agent.id ? { ...one, ...wanted } : one)),
  })
  const set = <K extends keyof Duty>(name: K, value: Duty[K]) =>
    change({ [name]: value }, { [name]: agent[name] }, 'team.changed', { name: agent.name })
  const toggle = (skill: string) => set('skills', agent.skills.includes(skill) ? agent.skills.filter((one) => one !== skill) : [...agent.skills, skill])
  const names = [...new Set([...listed.map(({ name }) => name), ...agent.skills])]
  return (
    <Sheet wide title={t('duty.of', { name: agent.name })} onClose={onClose}>
      <div className={team.form}>
        <fieldset className={team.checks}>
          <legend>{t('duty.skills')}</legend>
          {names.map((name) => (
            <label key={name}>
              <input type="checkbox" checked={agent.skills.includes(name)} onChange={() => toggle(name)} />
              {name}
            </label>
          ))}
          {names.length === 0 && <span>{t('routing.skillsNone')}</span>}
        </fieldset>
        <section>
          <h3>{t('duty.loads')}</h3>
          {kinds.map(({ kind, name }) => (
            <Sentence
              key={kind}
              words="duty.load"
              slots={{
                channel: <b>{name}</b>,
                most: (
                  <Count
                    label={t('duty.loadOf', { channel: name })}
                    value={agent.channel_loads[kind] ?? agent.max_load}
                    max={200}
                    onChange={(most) => set('channel_loads', { ...agent.channel_loads, [kind]: most })}
                  />
                ),
              }}
            />
          ))}
        </section>
        <section>
          <h3>{t('shifts.title')}</h3>
          <ShiftEditor shifts={agent.shifts} without={t(agent.duty?.has_shifts ? 'shifts.ofTeam' : 'shifts.none')} onChange={(shifts) => set('shifts', shifts)} />
        </section>
      </div>
    </Sheet>
  )
}
