import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { part } from '@/app/part'
import { useDesk, useTexts } from '@/app/context'
import { agentsQuery } from '@/app/queries'
import type { Agent } from '@/core/model'
import { isAllDay, spansInWords, type Standing } from '@/core/shifts'
import { nameOf } from '@/core/texts'
import { roleName } from '@/security/queries'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { Page } from '@/ui/Page'
import { AddAgent } from './AddAgent'
import { EditAgent } from './EditAgent'
import css from './Team.module.css'

const EditDuty = part(() => import('@/routing/EditDuty').then((module) => ({ default: module.EditDuty })))

/** Who answers: role, languages, how much each one has, who is there. */
export default function Team() {
  const { t } = useTexts()
  const desk = useDesk()
  const agents = useQuery(agentsQuery())
  const [adding, add] = useState(false)
  const [editing, edit] = useState<Agent | null>(null)
  const [planning, plan] = useState<string | null>(null)
  const mayManage = desk.me.rights.includes('staff.manage')
  const mayPlan = desk.me.rights.includes('routing.manage')
  const planned = agents.data?.find(({ id }) => id === planning)
  const deeds = mayManage && (
    <Button look="primary" onPress={() => add(true)}>
      <Icon name="plus" size={16} />
      {t('team.add')}
    </Button>
  )
  return (
    <Page title={t('team.title')} deeds={deeds}>
      {agents.error && <p role="alert">{t('error.unreachable')}</p>}
      <ul className={css.people}>
        {[...(agents.data ?? [])].sort(byPresence).map((agent) => (
          <Person key={agent.id} agent={agent} onEdit={mayManage ? () => edit(agent) : null} onPlan={mayPlan ? () => plan(agent.id) : null} />
        ))}
      </ul>
      {adding && <AddAgent onClose={() => add(false)} />}
      {editing && <EditAgent agent={editing} onClose={() => edit(null)} />}
      {planned && (
        <Suspense>
          <EditDuty agent={planned} onClose={() => plan(null)} />
        </Suspense>
      )}
    </Page>
  )
}

function Person({ agent, onEdit, onPlan }: { agent: Agent; onEdit: (() => void) | null; onPlan: (() => void) | null }) {
  const { t, n } = useTexts()
  const state = agent.online ? agent.availability : 'offline'
  return (
    <li className={css.person} data-off={agent.disabled || undefined}>
      <Avatar name={agent.name} state={state} size={40} />
      <div className={css.who}>
        <b>{agent.name}</b>
        <span>{agent.email}</span>
      </div>
      <span>{roleName({ id: agent.role, name: agent.role_name }, t)}</span>
      <div className={css.knows}>
        <span>{agent.languages.map(nameOf).join(', ')}</span>
        {agent.skills.length > 0 && <span>{agent.skills.join(', ')}</span>}
        {!agent.disabled && agent.duty?.has_shifts && <Today duty={agent.duty} />}
      </div>
      <div className={css.load}>
        <span>{agent.disabled ? t('team.noAccess') : t(`availability.${state}`)}</span>
        <meter min={0} max={Math.max(agent.max_load, agent.load, 1)} value={agent.load} high={agent.max_load} optimum={0} aria-label={t('team.load')} />
        <span>
          {n('team.has', agent.load, { max: String(agent.max_load) })}
          {agent.load > agent.max_load && ` · ${t('team.over')}`}
        </span>
      </div>
      <div className={css.deeds}>
        {onPlan && !agent.disabled && (
          <Button small onPress={onPlan} aria-label={t('duty.of', { name: agent.name })}>
            {t('shifts.title')}
          </Button>
        )}
        {onEdit && (
          <Button small onPress={onEdit} aria-label={t('team.editOf', { name: agent.name })}>
            {t('customer.edit')}
          </Button>
        )}
      </div>
    </li>
  )
}

/** His hours of this day, and what that means just now. */
function Today({ duty }: { duty: Standing }) {
  const { t } = useTexts()
  const words = isAllDay(duty.today) ? t('shifts.allDay') : spansInWords(duty.today)
  const hours = duty.today.length ? t('shifts.today', { hours: words }) : t('shifts.freeToday')
  return <span>{duty.extra ? `${hours} · ${t('shifts.extra')}` : duty.is_on ? hours : `${hours} · ${t('shifts.off')}`}</span>
}

function byPresence(a: Agent, b: Agent): number {
  return Number(a.disabled) - Number(b.disabled) || Number(b.online) - Number(a.online) || a.name.localeCompare(b.name)
}
