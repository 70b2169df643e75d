import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { agentsQuery } from '@/app/queries'
import { draw } from '@/app/draw'
import { patch, post, remove } from '@/core/api'
import type { Strategy, Team } from '@/core/routing'
import settingsCss from '@/staff/Settings.module.css'
import { useForm } from '@/staff/useForm'
import { Button } from '@/ui/Button'
import { Check, Field } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import { wholeTeamsQuery } from './queries'
import { strategies } from './Routing'
import { Choice, Count, Sentence } from './Sentence'
import { ShiftEditor } from './ShiftEditor'
import { useChange } from './useChange'

/** Agents who share a kind of work, and what happens when they can't cope with it. */
export function Teams() {
  const { t } = useTexts()
  const { me } = useDesk()
  const teams = useQuery(wholeTeamsQuery()).data ?? []
  return (
    <section>
      <h2>{t('routing.teams')}</h2>
      <p className={settingsCss.soft}>{t('routing.teamsHint')}</p>
      <ul className={settingsCss.list}>
        {teams.map((team) => (
          <OneTeam key={team.id} team={team} teams={teams} />
        ))}
      </ul>
      {me.rights.includes('staff.manage') && <AddTeam />}
    </section>
  )
}

function OneTeam({ team, teams }: { team: Team; teams: Team[] }) {
  const { t, n } = useTexts()
  const { me } = useDesk()
  const [open, setOpen] = useState<'members' | 'shifts' | null>(null)
  const agents = useQuery(agentsQuery()).data ?? []
  const change = useChange<Team[], Partial<Team>>({
    keys: [['teams'], ['agents']],
    send: (wanted) => patch(`/teams/${team.id}`, wanted),
    draw: (old, wanted) => old.map((one) => (one.id === team.id ? { ...one, ...wanted } : one)),
  })
  const set = <K extends keyof Team>(name: K, value: Team[K]) =>
    change({ [name]: value }, { [name]: team[name] }, 'routing.teamChanged', { team: team.name })
  const drop = useDrop(team)
  const toggle = (id: string) => set('members', team.members.includes(id) ? team.members.filter((one) => one !== id) : [...team.members, id])
  return (
    <li className={settingsCss.card}>
      <div className={settingsCss.line}>
        <h3>{team.name}</h3>
        <span className={settingsCss.soft}>{n('routing.members', team.members.length)}</span>
        {me.rights.includes('staff.manage') && (
          <Button small onPress={() => setOpen('members')} aria-label={t('routing.membersOf', { team: team.name })}>
            {t('routing.membersDeed')}
          </Button>
        )}
        <Button small onPress={() => setOpen('shifts')} aria-label={t('routing.shiftsOf', { team: team.name })}>
          {t('shifts.title')}
        </Button>
        {me.rights.includes('staff.manage') && (
          <Button small look="danger" onPress={() => void drop()} aria-label={t('routing.removeTeam', { team: team.name })}>
            {t('canned.remove')}
          </Button>
        )}
      </div>
      <Sentence
        words="routing.strategy"
        slots={{ strategy: <Choice label={t('routing.strategyLabel')} value={team.strategy} options={strategies(t)} onChange={(value) => set('strategy', value as Strategy)} /> }}
      />
      <Overflow team={team} teams={teams} set={set} />
      <Check label={t('routing.teamLanguage')} checked={team.any_language} onChange={() => set('any_language', !team.any_language)} />
      {open === 'members' && (
        <Sheet title={team.name} onClose={() => setOpen(null)}>
          {agents.filter((agent) => !agent.disabled).map((agent) => (
            <div key={agent.id}>
              <Check label={agent.name} checked={team.members.includes(agent.id)} onChange={() => toggle(agent.id)} />
            </div>
          ))}
        </Sheet>
      )}
      {open === 'shifts' && (
        <Sheet wide title={t('routing.shiftsOf', { team: team.name })} onClose={() => setOpen(null)}>
          <ShiftEditor shifts={team.shifts} without={t('shifts.teamNone')} onChange={(shifts) => set('shifts', shifts)} />
        </Sheet>
      )}
    </li>
  )
}

/** Gone at once; what names it lets go of it when Undo is gone, too. */
function useDrop(team: Team) {
  const desk = useDesk()
  const client = useQueryClient()
  const again = () => Promise.all([['teams'], ['agents']].map((queryKey) => client.invalidateQueries({ queryKey })))
  const attempt = (deed: () => Promise<unknown>) => desk.attempt(deed).finally(again)
  return async () => {
    draw<Team[]>(client, wholeTeamsQuery().queryKey, (teams) => teams.filter((one) => one.id !== team.id))
    const bring = () => attempt(() => post(`/teams/${team.id}/restore`))
    if (await attempt(() => remove(`/teams/${team.id}`))) desk.say({ key: 'routing.teamRemoved', values: { team: team.name } }, { undo: () => void bring() })
  }
}

function Overflow({ team, teams, set }: { team: Team; teams: Team[]; set: <K extends keyof Team>(name: K, value: Team[K]) => void }) {
  const { t } = useTexts()
  const others = teams.filter(({ id }) => id !== team.id).map(({ id, name }) => [id, name] as const)
  const never = team.overflow_minutes === null
  const to = (value: string) => {
    if (value === 'never') set('overflow_minutes', null)
    else if (never) set('overflow_minutes', 10)
    else set('overflow_to', value || null)
  }
  return (
    <Sentence
      words={never ? 'routing.overflowNever' : 'routing.overflow'}
      slots={{
        minutes: <Count label={t('routing.overflowLabel')} value={team.overflow_minutes ?? 10} onChange={(value) => set('overflow_minutes', value)} />,
        to: (
          <Choice
            label={t('routing.overflowTo')}
            value={never ? 'never' : (team.overflow_to ?? '')}
            options={[['', t('routing.everyone')], ...(never ? [] : others), ['never', t('routing.nobodyElse')]]}
            onChange={to}
          />
        ),
      }}
    />
  )
}

function AddTeam() {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm({ name: '' })
  const add = () =>
    void form.submit(async (values) => {
      await post('/teams', values)
      form.setValues({ name: '' })
      await client.invalidateQueries({ queryKey: ['teams'] })
    })
  return (
    <form
      className={settingsCss.adding}
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <Field label={t('routing.newTeam')} required {...form.field('name')} />
      <Button type="submit" isDisabled={form.busy}>
        {t('routing.add')}
      </Button>
    </form>
  )
}
