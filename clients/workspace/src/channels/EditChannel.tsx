import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { patch, post } from '@/core/api'
import type { Channel, ChannelKind, ChannelSetting } from '@/core/model'
import { isStructured, meant, written } from '@/core/setting'
import css from '@/staff/Settings.module.css'
import { useForm } from '@/staff/useForm'
import { Button } from '@/ui/Button'
import { Area, Check, Field, Select } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import { Once } from './Once'
import { Copy } from './Snippet'
import { Structured } from './Structured'

interface Props {
  channel: Channel
  kind: ChannelKind
  onClose: () => void
}

/** A channel's name and settings, by the form that its kind describes; its secret, and whether it is on at all. */
export function EditChannel({ channel, kind, onClose }: Props) {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const settings = kind.settings_schema
  const form = useForm<Record<string, string>>({
    name: channel.name,
    on: channel.disabled ? '' : 'yes',
    ...Object.fromEntries(settings.map((one) => [one.key, written(one, channel.settings[one.key])])),
  })
  const save = () =>
    void form.submit(async (values) => {
      await patch(`/channels/${channel.id}`, {
        name: values['name'],
        disabled: !values['on'],
        settings: Object.fromEntries(settings.map((one) => [one.key, meant(one, values[one.key] ?? '')])),
      })
      await client.invalidateQueries({ queryKey: ['channels'] })
      desk.say({ key: 'channels.saved', values: { name: values['name'] ?? '' } })
      onClose()
    })
  return (
    <Sheet title={channel.name} onClose={onClose} wide>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Field label={t('field.name')} required {...form.field('name')} />
        {settings.map((one) => (
          <Setting key={one.key} setting={one} form={form} isSet={channel.settings[one.key] === true} />
        ))}
        <Check label={t('channels.on')} {...form.check('on')} />
        <Secrets channel={channel} kind={kind} />
        <div role="alert">{form.error}</div>
        <Button type="submit" look="primary" isDisabled={form.busy}>
          {t('common.save')}
        </Button>
      </form>
    </Sheet>
  )
}

const INPUTS = { text: 'text', url: 'url', color: 'color', number: 'number' } as const

/** One setting by its type. `isSet`: of a secret, whether there is one. */
export function Setting({ setting, form, isSet }: { setting: ChannelSetting; form: ReturnType<typeof useForm<Record<string, string>>>; isSet: boolean }) {
  const { t } = useTexts()
  const { key, type, label, required } = setting
  if (isStructured(setting)) {
    const give = (value: unknown) => form.setValues((old) => ({ ...old, [key]: JSON.stringify(value) }))
    return <Structured type={type} label={label} value={JSON.parse(form.values[key] || '[]')} error={form.field(key).error} give={give} />
  }
  if (type === 'boolean') return <Check label={label} {...form.check(key)} />
  if (type === 'secret') return <Field label={label} type="password" autoComplete="new-password" placeholder={isSet ? t('channels.isSet') : undefined} {...form.field(key)} />
  if (type === 'choice')
    return (
      <Select label={label} {...form.field(key)}>
        {setting.options?.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </Select>
    )
  if (type === 'list') return <Area label={label} hint={t('channels.oneALine')} rows={3} {...form.field(key)} />
  return <Field label={label} type={INPUTS[type as keyof typeof INPUTS]} required={required} {...form.field(key)} />
}

export function Secrets({ channel, kind }: Pick<Props, 'channel' | 'kind'>) {
  const { t } = useTexts()
  const desk = useDesk()
  const [seen, see] = useState(false)
  const [token, show] = useState<string | null>(null)
  const renew = () => void post<{ token: string }>(`/channels/${channel.id}/token`).then((made) => show(made.token), desk.complain)
  return (
    <fieldset className={css.secrets}>
      <legend>{t('channels.secrets')}</legend>
      <p className={css.soft}>{t('channels.key')}</p>
      <code className={css.code}>{channel.key}</code>
      {channel.secret && (
        <>
          <p className={css.soft}>{t('channels.secret')}</p>
          {seen && <code className={css.code}>{channel.secret}</code>}
          <div>
            {seen ? (
              <Copy words={channel.secret} what={t('channels.copy')} />
            ) : (
              <Button small onPress={() => see(true)}>
                {t('channels.showSecret')}
              </Button>
            )}
          </div>
        </>
      )}
      {kind.capabilities.includes('push') && (
        <>
          <p className={css.soft}>{t('channels.token')}</p>
          <div>
            <Button small look="danger" onPress={renew}>
              {t('channels.renew')}
            </Button>
          </div>
          <Once secret={token} />
        </>
      )}
    </fieldset>
  )
}
