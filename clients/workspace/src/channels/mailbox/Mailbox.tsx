import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useDesk } from '@/app/context'
import { patch, post } from '@/core/api'
import { grouped, GROUPS, hasServers, reasonIn, told, withServers, type Found, type Group, type Tried } from '@/core/mailbox'
import type { Channel, ChannelKind, ChannelSetting } from '@/core/model'
import { written } from '@/core/setting'
import css from '@/staff/Settings.module.css'
import { useForm } from '@/staff/useForm'
import { Button } from '@/ui/Button'
import { Check, Field } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import { Secrets, Setting } from '../EditChannel'
import { useWords } from '../words'
import { Health } from './Health'
import { Signature } from './Signature'
import { SigningIn } from './SigningIn'
import { TriedWays } from './TriedWays'

interface Props {
  kind: ChannelKind
  /** Null: a new one. */
  channel: Channel | null
  /** What came of signing in at the provider's, from where one has just come back. */
  came?: string | undefined
  onClose: () => void
}

/** A mailbox, set up by its address: the servers are found, tried for real in both directions, and only then kept. */
export default function Mailbox({ kind, channel, came, onClose }: Props) {
  const { t } = useWords()
  const desk = useDesk()
  const client = useQueryClient()
  const settings = kind.settings_schema
  const known = channel?.settings ?? {}
  const form = useForm<Record<string, string>>({
    name: channel?.name ?? '',
    on: channel?.disabled ? '' : 'yes',
    ...Object.fromEntries(settings.map((one) => [one.key, written(one, known[one.key])])),
  })
  const [found, setFound] = useState<Found | null>(null)
  const [tried, setTried] = useState<Tried | null>(null)
  const [trying, setTrying] = useState(false)
  const [asked, ask] = useState(form.values['address'] ?? '')
  const parts = grouped(settings, form.values)
  const address = (form.values['address'] ?? '').trim()

  const find = async () => {
    if (!address.includes('@') || address === asked) return
    ask(address)
    const answer = await post<Found>(`/channels/${kind.kind}/find`, { address }).catch(desk.complain)
    if (!answer) return
    setFound(answer)
    setTried(null)
    form.setValues((old) => withServers(old, answer))
  }
  const tryIt = async () => {
    setTrying(true)
    setTried(null)
    await form.submit(async (values) => {
      setTried(await post<Tried>(`/channels/${kind.kind}/try`, { channel_id: channel?.id ?? null, settings: told(settings, values) }))
    })
    setTrying(false)
  }
  const keep = async () => {
    let kept: Channel | null = null
    await form.submit(async (values) => {
      const body = { name: values['name']?.trim() || address, settings: told(settings, values) }
      kept = await (channel ? patch<Channel>(`/channels/${channel.id}`, { ...body, disabled: !values['on'] }) : post<Channel>('/channels', { ...body, kind: kind.kind }))
      await client.invalidateQueries({ queryKey: ['channels'] })
    })
    return kept as Channel | null
  }
  const save = async () => {
    const kept = await keep()
    if (!kept) return
    desk.say({ key: 'channels.saved', values: { name: kept.name } })
    onClose()
  }
  const one = (setting: ChannelSetting) => <Setting key={setting.key} setting={setting} form={form} isSet={known[setting.key] === true} />

  return (
    <Sheet title={channel?.name ?? t('mailbox.new')} onClose={onClose} wide>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {came && (
          <p className={css.told} data-trouble role="alert">
            {t(came === 'refused' ? 'mailbox.declined' : `mailbox.why.${reasonIn(came)}`)}
          </p>
        )}
        {channel && <Health channel={channel} />}
        <Field label={t('mailbox.address')} type="email" required autoComplete="off" hint={t('mailbox.addressHint')} {...form.field('address')} onBlur={() => void find()} />
        <SigningIn kind={kind} channel={channel} form={form} found={found} keep={keep} />
        <details className={css.more} open={(asked !== '' && !hasServers(form.values)) || undefined}>
          <summary>{t('mailbox.servers')}</summary>
          {parts.servers.map(one)}
        </details>
        <div className={css.line}>
          <p className={css.soft}>{t('mailbox.tryWhat')}</p>
          <Button isDisabled={trying || !address} onPress={() => void tryIt()}>
            {t(trying ? 'mailbox.trying' : 'mailbox.try')}
          </Button>
        </div>
        <TriedWays tried={tried} />
        {(Object.keys(GROUPS) as Group[]).map((group) => (
          <Part key={group} title={t(`mailbox.${group}`)}>
            {parts[group].map((setting) => (setting.type === 'translated' ? <Signature key={setting.key} setting={setting} form={form} /> : one(setting)))}
          </Part>
        ))}
        <Part title={t('mailbox.here')}>
          <Field label={t('mailbox.name')} placeholder={address} {...form.field('name')} />
          {channel && <Check label={t('channels.on')} {...form.check('on')} />}
        </Part>
        {channel && <Secrets channel={channel} kind={kind} />}
        <div role="alert">{form.error}</div>
        <Button type="submit" look="primary" isDisabled={form.busy}>
          {t('common.save')}
        </Button>
      </form>
    </Sheet>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={css.secrets}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}
