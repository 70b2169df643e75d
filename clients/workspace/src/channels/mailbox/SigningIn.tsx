import { useState } from 'react'
import { useDesk } from '@/app/context'
import { BASE, get } from '@/core/api'
import type { Found } from '@/core/mailbox'
import type { Channel, ChannelKind } from '@/core/model'
import css from '@/staff/Settings.module.css'
import type { useForm } from '@/staff/useForm'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Setting } from '../EditChannel'
import { useWords } from '../words'

const PROVIDERS: Record<string, string> = { google: 'Google', microsoft: 'Microsoft' }

interface Props {
  kind: ChannelKind
  channel: Channel | null
  form: ReturnType<typeof useForm<Record<string, string>>>
  found: Found | null
  /** Keeps the form as it stands and answers with the channel; null: it was refused. */
  keep: () => Promise<Channel | null>
}

/** How the desk opens the mailbox: with a password, or by leave of its owner, who is asked at the provider's. */
export function SigningIn({ kind, channel, form, found, keep }: Props) {
  const { t } = useWords()
  const choice = kind.settings_schema.find((one) => one.key === 'sign_in')
  const by = PROVIDERS[form.values['sign_in'] ?? '']
  return (
    <>
      {found && (
        <p className={css.told} role="status">
          {found.guess ? t('mailbox.guessed') : t(found.imap ? 'mailbox.found' : 'mailbox.notFound', { provider: found.provider })} {found.note}
        </p>
      )}
      {choice && (found?.oauth || by) && <Setting setting={choice} form={form} isSet={false} />}
      {by ? (
        <ByLeave kind={kind} channel={channel} form={form} provider={by} keep={keep} />
      ) : (
        <Field
          label={t('mailbox.password')}
          type="password"
          autoComplete="new-password"
          placeholder={channel?.settings['imap_password'] === true ? t('channels.isSet') : undefined}
          {...form.field('imap_password')}
        />
      )}
    </>
  )
}

/** Away to the provider's page of consent and back to this form. */
function ByLeave({ kind, channel, form, provider, keep }: Pick<Props, 'kind' | 'channel' | 'form' | 'keep'> & { provider: string }) {
  const { t } = useWords()
  const desk = useDesk()
  const [away, go] = useState(false)
  const parts = ['oauth_client_id', 'oauth_client_secret', ...(form.values['sign_in'] === 'microsoft' ? ['oauth_tenant'] : [])]
  const signIn = async () => {
    go(true)
    try {
      const kept = await keep()
      if (kept) location.assign((await get<{ url: string }>(`/channels/${kind.kind}/${kept.id}/sign-in`)).url)
    } catch (error) {
      desk.complain(error)
    }
    go(false)
  }
  return (
    <>
      <p className={css.soft}>{t('mailbox.signInFirst', { provider, address: `${location.origin}${BASE}/channels/${kind.kind}/signed-in` })}</p>
      {parts.map((key) => {
        const setting = kind.settings_schema.find((one) => one.key === key)
        return setting && <Setting key={key} setting={setting} form={form} isSet={channel?.settings[key] === true} />
      })}
      <div className={css.line}>
        <p role="status">{channel?.settings['oauth_refresh_token'] === true && t('mailbox.signedIn', { provider })}</p>
        <Button isDisabled={away || !form.values['oauth_client_id']} onPress={() => void signIn()}>
          {t('mailbox.signIn', { provider })}
        </Button>
      </div>
    </>
  )
}
