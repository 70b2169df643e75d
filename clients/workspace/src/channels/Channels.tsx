import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '@/app/context'
import { channelsQuery, kindsQuery } from '@/app/queries'
import type { Channel, ChannelKind } from '@/core/model'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { AddChannel } from './AddChannel'
import { EditChannel } from './EditChannel'
import { Snippet } from './Snippet'

/** Where customers can write to us. */
export function Channels() {
  const { t } = useTexts()
  const channels = useQuery(channelsQuery())
  const kinds = useQuery(kindsQuery()).data ?? []
  const [editing, edit] = useState<Channel | null>(null)
  const kindOf = (channel: Channel) => kinds.find((one) => one.kind === channel.kind)
  const kind = editing && kindOf(editing)
  return (
    <section>
      {channels.data?.length === 0 && <p className={css.soft}>{t('channels.none')}</p>}
      <ul className={css.list}>
        {channels.data?.map((channel) => (
          <OneChannel key={channel.id} channel={channel} kind={kindOf(channel)} onEdit={() => edit(channel)} />
        ))}
      </ul>
      {kinds.length > 0 && <AddChannel kinds={kinds} />}
      {editing && kind && <EditChannel channel={editing} kind={kind} onClose={() => edit(null)} />}
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
      {kind?.capabilities.includes('live') && !channel.disabled && <Snippet channel={channel} />}
    </li>
  )
}
