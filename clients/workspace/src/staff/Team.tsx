import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { agentsQuery } from '@/app/queries'
import type { Agent } from '@/core/model'
import { nameOf } from '@/core/texts'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { Page } from '@/ui/Page'
import { AddAgent } from './AddAgent'
import { EditAgent } from './EditAgent'
import css from './Team.module.css'

/** Who answers: role, languages, how much each one has, who is there. */
export default function Team() {
  const { t } = useTexts()
  const desk = useDesk()
  const agents = useQuery(agentsQuery())
  const [adding, add] = useState(false)
  const [editing, edit] = useState<Agent | null>(null)
  const mayManage = desk.me.rights.includes('staff.manage')
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
          <Person key={agent.id} agent={agent} onEdit={mayManage ? () => edit(agent) : null} />
        ))}
      </ul>
      {adding && <AddAgent onClose={() => add(false)} />}
      {editing && <EditAgent agent={editing} onClose={() => edit(null)} />}
    </Page>
  )
}

function Person({ agent, onEdit }: { agent: Agent; onEdit: (() => void) | null }) {
  const { t, n } = useTexts()
  const state = agent.online ? agent.availability : 'offline'
  return (
    <li className={css.person} data-off={agent.disabled || undefined}>
      <Avatar name={agent.name} state={state} size={40} />
      <div className={css.who}>
        <b>{agent.name}</b>
        <span>{agent.email}</span>
      </div>
      <span>{t(`role.${agent.role}`)}</span>
      <span className={css.languages}>{agent.languages.map(nameOf).join(', ')}</span>
      <div className={css.load}>
        <span>{agent.disabled ? t('team.noAccess') : t(`availability.${state}`)}</span>
        <meter min={0} max={agent.max_load || 1} value={agent.load} aria-label={t('team.load')} />
        <span>{n('team.has', agent.load, { max: String(agent.max_load) })}</span>
      </div>
      {onEdit && (
        <Button small onPress={onEdit} aria-label={t('team.editOf', { name: agent.name })}>
          {t('customer.edit')}
        </Button>
      )}
    </li>
  )
}

function byPresence(a: Agent, b: Agent): number {
  return Number(a.disabled) - Number(b.disabled) || Number(b.online) - Number(a.online) || a.name.localeCompare(b.name)
}
