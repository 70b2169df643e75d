import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { part } from '@/app/part'
import { useCommand } from '@/app/commands'
import { useDesk, useNow, useTexts } from '@/app/context'
import { moment } from '@/core/time'
import { nameIn } from '@/core/texts'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { Key } from '@/ui/Key'
import { Mood } from '@/ui/Mood'
import { AssignMenu } from './AssignMenu'
import type { Opened } from './Conversation'
import css from './Header.module.css'
import { useList } from './listContext'
import { nameOf } from './RowLine'
import { SnoozeMenu } from './SnoozeMenu'

const MoreMenu = part(() => import('./MoreMenu'))

export function Header({ onSide, ...opened }: Opened & { onSide: (() => void) | null }) {
  const { row } = opened
  const { t } = useTexts()
  const desk = useDesk()
  const list = useList()
  const [asking, ask] = useState<'snooze' | 'assign' | null>(null)
  const closed = row.status === 'closed'

  const close = () => {
    void desk.act(row.id, { name: 'close' })
    list.leave(row.id)
  }
  const takeOver = () => void desk.act(row.id, { name: 'takeOver' })

  useCommand('done', () => (closed ? false : close()))
  useCommand('snooze', () => ask('snooze'))
  useCommand('assign', () => ask('assign'))
  useCommand('takeOver', takeOver)

  return (
    <header className={css.header}>
      <Link className={css.back} to="/inbox/$view" params={{ view: list.view }} search={list.search} aria-label={t('conversation.back')}>
        <Icon name="back" />
      </Link>
      <div className={css.who}>
        <h2>{row.subject || nameOf(row, t('customer.anonymous'))}</h2>
        <Facts row={row} />
      </div>
      <div className={css.deeds}>
        {row.handler === 'assistant' || row.handler === 'queue' ? (
          <Button onPress={takeOver} look={row.handler === 'assistant' ? 'primary' : 'plain'}>
            {t('deed.takeOver')} <Key of="takeOver" />
          </Button>
        ) : null}
        <AssignMenu row={row} isOpen={asking === 'assign'} onOpenChange={(open) => ask(open ? 'assign' : null)} />
        {!closed && (
          <SnoozeMenu
            isOpen={asking === 'snooze'}
            onOpenChange={(open) => ask(open ? 'snooze' : null)}
            onChoose={(until) => {
              void desk.act(row.id, { name: 'snooze', until })
              list.leave(row.id)
            }}
          />
        )}
        {closed ? (
          <Button onPress={() => void desk.act(row.id, { name: 'reopen' })}>{t('deed.reopen')}</Button>
        ) : (
          <Button look={row.handler === 'assistant' ? 'plain' : 'primary'} onPress={close}>
            {t('deed.close')} <Key of="done" />
          </Button>
        )}
        <Suspense fallback={<span className={css.later} />}>
          <MoreMenu {...opened} />
        </Suspense>
        {onSide && (
          <Button look="quiet" icon onPress={onSide} aria-label={t('customer.panel')}>
            <Icon name="side" />
          </Button>
        )}
      </div>
    </header>
  )
}

function Facts({ row }: Pick<Opened, 'row'>) {
  const { t, language } = useTexts()
  const now = useNow()
  const status =
    row.status === 'snoozed' && row.snoozed_until
      ? t('row.until', { time: moment(row.snoozed_until, now, language) })
      : t(`status.${row.status}`)
  return (
    <p className={css.facts}>
      {row.mood && row.mood !== 'calm' && (
        <b>
          <Mood mood={row.mood} />
        </b>
      )}
      {row.priority !== 'normal' && <b>{t(`priority.${row.priority}`)}</b>}
      {row.spam && <b>{t('row.spam')}</b>}
      {row.subject && <span>{nameOf(row, t('customer.anonymous'))}</span>}
      <span>#{row.number}</span>
      {row.handler === 'assistant' && <span className={css.ai}>{t('row.withAssistant')}</span>}
      <span>{status}</span>
      {row.language && row.language !== language && <span>{nameIn(language, row.language)}</span>}
      <span>{row.channel.name}</span>
    </p>
  )
}
