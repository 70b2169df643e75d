import { useQuery } from '@tanstack/react-query'
import { useDesk, useTexts } from '@/app/context'
import { put, remove } from '@/core/api'
import { useChange } from '@/routing/useChange'
import css from '@/staff/Settings.module.css'
import team from '@/staff/Team.module.css'
import { useForm } from '@/staff/useForm'
import { Button } from '@/ui/Button'
import { Area, Field, Select } from '@/ui/Field'
import { policyQuery, roleName, rolesQuery, type Policy, type RoleLine } from './queries'
import { useWords } from './words'
import { useQueryClient } from '@tanstack/react-query'

/** How people must and may come in. */
export function SigningIn() {
  const policy = useQuery(policyQuery()).data
  const roles = useQuery(rolesQuery()).data
  const desk = useDesk()
  if (!policy || !roles) return null
  const mayEverything = roles.rights.every((right) => desk.me.rights.includes(right))
  return (
    <div className={css.column}>
      <WhoNeedsTwo policy={policy} roles={roles.roles} />
      <ThroughProvider key={policy.provider?.issuer} policy={policy} roles={roles.roles} mayEverything={mayEverything} />
    </div>
  )
}

function WhoNeedsTwo({ policy, roles }: { policy: Policy; roles: RoleLine[] }) {
  const words = useWords()
  const { t } = useTexts()
  const change = useChange<Policy, string[]>({
    keys: [policyQuery().queryKey, ['two-factor']],
    send: (wanted) => put('/security/two-factor', { roles: wanted }),
    draw: (old, wanted) => ({ ...old, two_factor_roles: wanted }),
  })
  const now = policy.two_factor_roles
  const tick = (id: string, on: boolean) => change(on ? [...now, id] : now.filter((one) => one !== id), now, words.t('me.kept'))
  return (
    <section>
      <h2>{words.t('sign.second')}</h2>
      <p className={css.soft}>{words.t('sign.secondWhat')}</p>
      <fieldset className={team.checks}>
        <legend className="sr-only">{words.t('sign.second')}</legend>
        {roles.map((role) => (
          <label key={role.id}>
            <input type="checkbox" checked={now.includes(role.id)} onChange={(event) => tick(role.id, event.target.checked)} />
            {roleName(role, t)}
          </label>
        ))}
      </fieldset>
    </section>
  )
}

/** Kept as a whole: a provider that is half changed would let nobody in. */
function ThroughProvider({ policy, roles, mayEverything }: { policy: Policy; roles: RoleLine[]; mayEverything: boolean }) {
  const words = useWords()
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const one = policy.provider
  const form = useForm({
    issuer: one?.issuer ?? '',
    client_id: one?.client_id ?? '',
    secret: '',
    domains: (one?.domains ?? []).join('\n'),
    newcomers: one?.newcomers ?? '',
    button: one?.button ?? '',
  })
  const took = (kept: Policy) => client.setQueryData(policyQuery().queryKey, kept)
  const save = () =>
    void form.submit(async ({ secret, domains, newcomers, ...rest }) => {
      const list = domains.split(/[\s,]+/).filter(Boolean)
      const kept = await put<Policy>('/security/provider', { ...rest, ...(secret ? { secret } : {}), domains: list, newcomers: newcomers || null })
      took(kept)
      desk.say(words.t('sign.saved', { issuer: kept.provider?.issuer ?? '' }))
    })
  const drop = () =>
    void remove<Policy>('/security/provider').then((kept) => {
      took(kept)
      desk.say(words.t('sign.dropped'))
    }, desk.complain)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <h2>{words.t('sign.provider')}</h2>
      <p className={css.soft}>{words.t(mayEverything ? 'sign.providerWhat' : 'sign.restricted')}</p>
      <div role="alert">{form.error}</div>
      <Field label={words.t('sign.issuer')} type="url" placeholder="https://accounts.google.com" required {...form.field('issuer')} />
      <Field label={words.t('sign.clientId')} autoComplete="off" required {...form.field('client_id')} />
      <Field
        label={words.t('sign.secret')}
        type="password"
        autoComplete="off"
        hint={one?.has_secret ? words.t('sign.secretStays') : undefined}
        {...form.field('secret')}
      />
      <Area label={words.t('sign.domains')} rows={2} hint={words.t('sign.domainsHint')} {...form.field('domains')} />
      <Select label={words.t('sign.newcomers')} {...form.field('newcomers')}>
        <option value="">{words.t('sign.newcomersNone')}</option>
        {roles.map((role) => (
          <option key={role.id} value={role.id}>
            {words.t('sign.newcomersRole', { role: roleName(role, t) })}
          </option>
        ))}
      </Select>
      <Field label={words.t('sign.button')} placeholder={t('signIn.provider')} maxLength={60} {...form.field('button')} />
      <div>
        <p className={css.soft}>{words.t('sign.redirect')}</p>
        <code className={css.code}>{`${location.origin}/api/v1/sign-in/oidc/callback`}</code>
      </div>
      <div className={css.line}>
        <Button type="submit" look="primary" isDisabled={form.busy || !mayEverything}>
          {words.t('sign.save')}
        </Button>
        {one && <Button onPress={drop}>{words.t('sign.drop')}</Button>}
      </div>
    </form>
  )
}
