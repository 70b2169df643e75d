import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { part } from '@/app/part'
import { useTexts } from '@/app/context'
import { channelsQuery, kindsQuery } from '@/app/queries'
import type { Channel, ChannelKind } from '@/core/model'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { AddChannel } from './AddChannel'
import { EditChannel } from './EditChannel'
import { Snippet } from './Snippet'

const Mailbox = part(() => import('./mailbox/Mailbox'))
const HealthLine = part(() => import('./mailbox/HealthLine'))

const isMailbox = (kind: ChannelKind | null | undefined) => !!kind?.capabilities.includes('mailbox')

/** Where customers can write to us. */
export function Channels() {
  const { t } = useTexts()
  const channels = useQuery(channelsQuery())
  const kinds = useQuery(kindsQuery()).data ?? []
  const [editing, edit] = useState<Channel | null>(null)
  const [adding, add] = useState<ChannelKind | null>(null)
  const back = useSearch({ strict: false }) as { mailbox?: string; trouble?: string }
  const navigate = useNavigate()
  const returned = channels.data?.find((one) => one.id === back.mailbox)
  const kindOf = (channel: Channel) => kinds.find((one) => one.kind === channel.kind)
  const shown = editing ?? returned
  const kind = shown && kindOf(shown)
  const close = () => {
    edit(null)
    if (back.mailbox || back.trouble) void navigate({ to: '/settings/$section', params: { section: 'channels' }, replace: true })
  }
  return (
    <section>
      {back.trouble && !back.mailbox && <p role="alert">{t('channels.errand')}</p>}
      {channels.data?.length === 0 && <p className={css.soft}>{t('channels.none')}</p>}
      <ul className={css.list}>
        {channels.data?.map((channel) => (
          <OneChannel key={channel.id} channel={channel} kind={kindOf(channel)} onEdit={() => edit(channel)} />
        ))}
      </ul>
      {kinds.length > 0 && <AddChannel kinds={kinds} onMailbox={add} />}
      {shown && kind && !isMailbox(kind) && <EditChannel channel={shown} kind={kind} onClose={close} />}
      <Suspense fallback={null}>
        {shown && kind && isMailbox(kind) && <Mailbox channel={shown} kind={kind} came={shown === returned ? back.trouble : undefined} onClose={close} />}
        {adding && <Mailbox channel={null} kind={adding} onClose={() => add(null)} />}
      </Suspense>
    </section>
  )
}

function OneChannel({ channel, kind, onEdit }: { channel: Channel; kind: ChannelKind | undefined; onEdit: () => void }) {
  const { t } = useTexts()
  return (
    <li className={css.card} data-off={channel.disabled || undefined}>
      <div className={css.line}>
        <h2>{channel.name}</h2>
        <span className={css.soft}>
          {kind?.name ?? channel.kind}
          {channel.disabled && ` · ${t('channels.off')}`}
        </span>
        {kind && (
          <Button small onPress={onEdit} aria-label={t('channels.editOf', { name: channel.name })}>
            {t('customer.edit')}
          </Button>
        )}
      </div>
      {isMailbox(kind) && !channel.disabled && (
        <Suspense fallback={null}>
          <HealthLine channel={channel} />
        </Suspense>
      )}
      {kind?.capabilities.includes('live') && !channel.disabled && <Snippet channel={channel} />}
    </li>
  )
}
