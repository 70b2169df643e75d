import { useQuery } from '@tanstack/react-query'
import { useDesk, useTexts } from '@/app/context'
import { agentsQuery, teamsQuery } from '@/app/queries'
import type { Row } from '@/core/model'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { Key } from '@/ui/Key'
import { Item, MenuButton, Section } from '@/ui/Menu'
import css from './Header.module.css'

/** Who has the conversation, and whom to give it to. */
export function AssignMenu({ row, isOpen, onOpenChange }: { row: Row; isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const agents = useQuery(agentsQuery()).data ?? []
  const teams = useQuery(teamsQuery()).data ?? []
  const assign = (agent: { id: string; name: string } | null, team = row.team) =>
    void desk.act(row.id, { name: 'assign', agent: agent && { id: agent.id, name: agent.name }, team })

  const holder = row.assignee?.name ?? row.team?.name
  const mine = row.assignee?.id === desk.me.id
  const button = (
    <Button>
      <Icon name="person" size={16} />
      <span className={css.assignee}>{mine ? t('assign.me') : (holder ?? t('deed.assign'))}</span>
      {holder && <span className="sr-only">{t('assign.of', { name: holder })}</span>}
      <Key of="assign" />
    </Button>
  )
  const others = agents.filter((agent) => agent.id !== desk.me.id && !agent.disabled)
  return (
    <MenuButton button={button} label={t('deed.assign')} isOpen={isOpen} onOpenChange={onOpenChange}>
      <Item id="me" checked={mine} onAction={() => assign(desk.me)}>
        {t('assign.toMe')}
      </Item>
      {row.handler === 'agent' && (
        <Item id="back" onAction={() => void desk.act(row.id, { name: 'giveBack' })}>
          {t('deed.giveBack')}
        </Item>
      )}
      {row.assignee && (
        <Item id="nobody" onAction={() => assign(null)}>
          {t('assign.toNobody')}
        </Item>
      )}
      <Section title={t('assign.people')}>
        {others.map((agent) => (
          <Item
            key={agent.id}
            id={agent.id}
            checked={row.assignee?.id === agent.id}
            detail={t(`availability.${agent.online ? agent.availability : 'offline'}`)}
            onAction={() => assign(agent)}
          >
            {agent.name}
          </Item>
        ))}
      </Section>
      {teams.length > 0 && (
        <Section title={t('assign.teams')}>
          {teams.map((team) => (
            <Item key={team.id} id={team.id} checked={row.team?.id === team.id} onAction={() => assign(null, team)}>
              {team.name}
            </Item>
          ))}
        </Section>
      )}
    </MenuButton>
  )
}
