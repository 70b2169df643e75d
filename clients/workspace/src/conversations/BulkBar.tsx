import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { actOnMany } from '@/app/bulk'
import { useCommand } from '@/app/commands'
import { useDesk, useTexts } from '@/app/context'
import { usePaletteActions } from '@/app/paletteActions'
import { agentsQuery, teamsQuery } from '@/app/queries'
import { myBindings } from '@/core/bindings'
import type { BulkDeed } from '@/core/bulk'
import type { Command } from '@/core/keys'
import { PRIORITIES, type Row } from '@/core/model'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { Key, keyName } from '@/ui/Key'
import { Item, MenuButton, Section } from '@/ui/Menu'
import css from './BulkBar.module.css'
import { SnoozeMenu } from './SnoozeMenu'
import { TagMany } from './TagMany'
import type { RowSelection } from './useSelection'

type Asking = 'snooze' | 'assign' | 'priority' | 'more' | 'tag' | null

/** What may be done to all that is selected. Its keys go before those of the open conversation. */
export default function BulkBar({ selection, rows }: { selection: RowSelection; rows: readonly Row[] }) {
  const texts = useTexts()
  const { t, n } = texts
  const desk = useDesk()
  const [asking, ask] = useState<Asking>(null)
  const chosen = rows.filter((row) => selection.has(row.id))
  const none = chosen.length === 0
  const act = (deed: BulkDeed) => {
    if (none) return
    selection.clear()
    void actOnMany(desk, texts, chosen, deed)
  }
  const opens = (what: Asking) => () => (none ? false : ask(what))
  const plain: Partial<Record<Command, BulkDeed>> = {
    done: { name: 'close' },
    markRead: { name: 'read' },
    markUnread: { name: 'unread' },
    spam: { name: 'spam', on: !chosen.every((row) => row.spam) },
  }
  const does = (command: Command) => () => (none ? false : act(plain[command]!))

  useCommand('done', does('done'), 1)
  useCommand('markRead', does('markRead'), 1)
  useCommand('markUnread', does('markUnread'), 1)
  useCommand('spam', does('spam'), 1)
  useCommand('snooze', opens('snooze'), 1)
  useCommand('assign', opens('assign'), 1)
  useCommand('priority', opens('priority'), 1)
  usePaletteActions(() => {
    const keys = myBindings()
    const one = (command: Command, run: () => void) => ({
      id: `bulk-${command}`,
      title: n('bulk.do', chosen.length, { deed: t(`bulk.deed.${command}`) }),
      keys: keys[command],
      run,
      group: 'selection' as const,
    })
    if (none) return []
    const direct = (Object.keys(plain) as Command[]).map((command) => one(command, () => act(plain[command]!)))
    const asked = (['snooze', 'assign', 'priority'] as const).map((command) => one(command, () => ask(command)))
    return [...direct, ...asked, { ...one('select', () => ask('tag')), id: 'bulk-tag', title: n('bulk.do', chosen.length, { deed: t('bulk.deed.tag') }), keys: undefined }]
  })

  return (
    <div className={css.bar} role="region" aria-label={t('bulk.label')}>
      <div className={css.line}>
        <b role="status">{n('bulk.selected', chosen.length)}</b>
        {chosen.length < rows.length && (
          <Button look="quiet" small onPress={selection.all}>
            {t('bulk.all')} <Key of="selectAll" />
          </Button>
        )}
        <Button look="quiet" small icon className={css.end} aria-label={t('bulk.clear')} onPress={selection.clear}>
          <Icon name="close" size={16} />
        </Button>
      </div>
      {asking === 'tag' ? (
        <TagMany rows={chosen} onDone={() => ask(null)} onAct={act} />
      ) : (
        <div className={css.line} data-none={none}>
          <Button isDisabled={none} onPress={() => act({ name: 'close' })}>
            {t('bulk.deed.done')} <Key of="done" />
          </Button>
          <SnoozeMenu isOpen={asking === 'snooze'} onOpenChange={(open) => ask(open ? 'snooze' : null)} onChoose={(until) => act({ name: 'snooze', until })} />
          <AssignMany isOpen={asking === 'assign'} onOpenChange={(open) => ask(open ? 'assign' : null)} onAct={act} />
          <MenuButton
            label={t('bulk.more')}
            isOpen={asking === 'more' || asking === 'priority'}
            onOpenChange={(open) => ask(open ? 'more' : null)}
            button={
              <Button icon aria-label={t('bulk.more')}>
                <Icon name="more" />
              </Button>
            }
          >
            {asking !== 'priority' && (
              <Section title={t('bulk.more')}>
                <Item id="tag" onAction={() => setTimeout(() => ask('tag'))}>
                  {t('bulk.deed.tag')}
                </Item>
                <Item id="read" detail={keyName(myBindings().markRead)} onAction={() => act({ name: 'read' })}>
                  {t('bulk.deed.markRead')}
                </Item>
                <Item id="unread" detail={keyName(myBindings().markUnread)} onAction={() => act({ name: 'unread' })}>
                  {t('bulk.deed.markUnread')}
                </Item>
                <Item id="spam" detail={keyName(myBindings().spam)} onAction={() => act(plain.spam!)}>
                  {t(chosen.every((row) => row.spam) ? 'bulk.deed.notSpam' : 'bulk.deed.spam')}
                </Item>
              </Section>
            )}
            <Section title={t('bulk.deed.priority')}>
              {[...PRIORITIES].reverse().map((priority) => (
                <Item key={priority} id={priority} onAction={() => act({ name: 'priority', priority })}>
                  {t(`priority.${priority}`)}
                </Item>
              ))}
            </Section>
          </MenuButton>
        </div>
      )}
    </div>
  )
}

function AssignMany({ isOpen, onOpenChange, onAct }: { isOpen: boolean; onOpenChange: (open: boolean) => void; onAct: (deed: BulkDeed) => void }) {
  const { t } = useTexts()
  const { me } = useDesk()
  const agents = (useQuery(agentsQuery()).data ?? []).filter((agent) => agent.id !== me.id && !agent.disabled)
  const teams = useQuery(teamsQuery()).data ?? []
  const to = (agent: { id: string; name: string } | null) =>
    onAct({ name: 'assign', agent: agent && { id: agent.id, name: agent.name }, team: null })
  return (
    <MenuButton
      label={t('deed.assign')}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      button={
        <Button>
          {t('deed.assign')} <Key of="assign" />
        </Button>
      }
    >
      <Item id="me" onAction={() => to(me)}>
        {t('assign.toMe')}
      </Item>
      <Item id="nobody" onAction={() => to(null)}>
        {t('assign.toNobody')}
      </Item>
      <Section title={t('assign.people')}>
        {agents.map((agent) => (
          <Item key={agent.id} id={agent.id} detail={t(`availability.${agent.online ? agent.availability : 'offline'}`)} onAction={() => to(agent)}>
            {agent.name}
          </Item>
        ))}
      </Section>
      {teams.length > 0 && (
        <Section title={t('assign.teams')}>
          {teams.map((team) => (
            <Item key={team.id} id={team.id} onAction={() => onAct({ name: 'assign', agent: null, team })}>
              {team.name}
            </Item>
          ))}
        </Section>
      )}
    </MenuButton>
  )
}
