import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useNow, useTexts } from '@/app/context'
import { tokensQuery } from '@/app/queries'
import { Once } from '@/channels/Once'
import { post, remove } from '@/core/api'
import type { ApiToken } from '@/core/model'
import { age, DAY, day } from '@/core/time'
import audit from '@/security/Audit.module.css'
import { rolesQuery } from '@/security/queries'
import { RightsOf } from '@/security/RightsOf'
import { useWords } from '@/security/words'
import { Button } from '@/ui/Button'
import { Field, Select } from '@/ui/Field'
import css from './Settings.module.css'
import { useForm } from './useForm'

/** Keys for other programs. A new one is shown once. */
export function Tokens() {
  const { t } = useTexts()
  const words = useWords()
  const desk = useDesk()
  const client = useQueryClient()
  const tokens = useQuery(tokensQuery()).data ?? []
  const [secret, show] = useState<string | null>(null)
  const again = () => client.invalidateQueries({ queryKey: ['tokens'] })
  const revoke = (token: ApiToken) =>
    void remove(`/tokens/${token.id}`).then(() => {
      desk.say(words.t('token.revoked', { name: token.name }))
      return again()
    }, desk.complain)
  const made = (token: string) => {
    show(token)
    void again()
  }
  return (
    <section>
      <p className={css.soft}>{t('tokens.what')}</p>
      <NewToken onMade={made} />
      <Once secret={secret} />
      <ul className={css.list}>
        {tokens.map((token) => (
          <One key={token.id} token={token} onRevoke={() => revoke(token)} />
        ))}
      </ul>
    </section>
  )
}

function NewToken({ onMade }: { onMade: (secret: string) => void }) {
  const { t } = useTexts()
  const words = useWords()
  const { me } = useDesk()
  const all = useQuery(rolesQuery()).data?.rights ?? []
  const form = useForm({ name: '', may: 'read', expiry: 'never' })
  const [picked, pick] = useState<string[]>(scopesOf('read', me.rights))
  const { may, expiry } = form.values
  const chosen = may === 'own' ? picked : scopesOf(may, me.rights)
  const create = () =>
    void form.submit(async ({ name }) => {
      const expires_at = expiry === 'never' ? null : Date.now() + Number(expiry) * DAY
      const made = await post<{ token: string }>('/tokens', { name, scopes: chosen, expires_at })
      onMade(made.token)
      form.setValues({ name: '', may, expiry })
    })
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        create()
      }}
    >
      <div className={audit.filter}>
        <Field label={t('tokens.name')} required {...form.field('name')} />
        <Select label={t('tokens.may')} {...form.field('may')}>
          {['read', 'answer', 'everything'].map((one) => (
            <option key={one} value={one}>
              {t(`tokens.${one}`)}
            </option>
          ))}
          <option value="own">{words.t('token.own')}</option>
        </Select>
        <Select label={words.t('token.expiry')} {...form.field('expiry')}>
          {['never', '30', '90', '365'].map((one) => (
            <option key={one} value={one}>
              {words.t(`expiry.${one}`)}
            </option>
          ))}
        </Select>
      </div>
      <details>
        <summary>{words.t('token.scopes')}</summary>
        <RightsOf
          all={all}
          chosen={chosen}
          mine={me.rights}
          onChange={(right, on) => {
            pick(on ? [...chosen, right] : chosen.filter((one) => one !== right))
            form.setValues((old) => ({ ...old, may: 'own' }))
          }}
        />
      </details>
      <div role="alert">{form.error}</div>
      <Button type="submit" isDisabled={form.busy}>
        {t('tokens.create')}
      </Button>
    </form>
  )
}

function One({ token, onRevoke }: { token: ApiToken; onRevoke: () => void }) {
  const { t, language } = useTexts()
  const words = useWords()
  const now = useNow()
  const maker = token.created_by?.name ?? words.t('audit.system')
  const used = token.last_used_at ? t('tokens.used', { age: age(token.last_used_at, now, language, t('time.now')) }) : t('tokens.unused')
  const ends = token.expires_at && (token.expires_at <= now ? words.t('token.expired') : words.t('token.until', { day: day(token.expires_at, language) }))
  const origin = words.t(token.disabled ? 'token.dead' : 'token.by', { name: maker })
  return (
    <li className={css.card}>
      <div className={css.line}>
        <span>
          <b>{token.name}</b>
          <br />
          <span className={css.soft}>{[used, ends, origin].filter(Boolean).join(' · ')}</span>
        </span>
        <Button small look="danger" onPress={onRevoke}>
          {t('tokens.revoke')}
        </Button>
      </div>
      <details>
        <summary className={css.soft}>{words.n('token.rights', token.scopes.length)}</summary>
        {token.scopes.map((scope) => words.t(`right.${scope}`)).join(' · ')}
      </details>
    </li>
  )
}

/** Never more than the person may who gives it. */
function scopesOf(may: string, rights: string[]): string[] {
  if (may === 'everything') return rights
  return rights.filter((right) => right.endsWith('.read') || (may === 'answer' && right === 'conversations.answer'))
}
