import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useNow, useTexts } from '@/app/context'
import { tokensQuery } from '@/app/queries'
import { Once } from '@/channels/Once'
import { post, remove } from '@/core/api'
import { age } from '@/core/time'
import { Button } from '@/ui/Button'
import { Field, Select } from '@/ui/Field'
import css from './Settings.module.css'
import { useForm } from './useForm'

/** Keys for other programs. A new one is shown once. */
export function Tokens() {
  const { t, language } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const now = useNow()
  const tokens = useQuery(tokensQuery()).data ?? []
  const form = useForm({ name: '', may: 'read' })
  const [secret, show] = useState<string | null>(null)
  const again = () => client.invalidateQueries({ queryKey: ['tokens'] })
  const create = () =>
    void form.submit(async ({ name, may }) => {
      const made = await post<{ token: string }>('/tokens', { name, scopes: scopesOf(may, desk.me.rights) })
      show(made.token)
      form.setValues({ name: '', may })
      await again()
    })
  const revoke = (id: string) => void remove(`/tokens/${id}`).then(again, desk.complain)
  return (
    <section>
      <p className={css.soft}>{t('tokens.what')}</p>
      <form
        className={css.adding}
        onSubmit={(event) => {
          event.preventDefault()
          create()
        }}
      >
        <Field label={t('tokens.name')} required {...form.field('name')} />
        <Select label={t('tokens.may')} {...form.field('may')}>
          {['read', 'answer', 'everything'].map((may) => (
            <option key={may} value={may}>
              {t(`tokens.${may}`)}
            </option>
          ))}
        </Select>
        <Button type="submit" isDisabled={form.busy}>
          {t('tokens.create')}
        </Button>
      </form>
      <div role="alert">{form.error}</div>
      <Once secret={secret} />
      <ul className={css.list}>
        {tokens.map((token) => (
          <li key={token.id} className={`${css.card} ${css.line}`}>
            <span>
              <b>{token.name}</b>
              <br />
              <span className={css.soft}>
                {token.last_used_at ? t('tokens.used', { age: age(token.last_used_at, now, language, t('time.now')) }) : t('tokens.unused')}
              </span>
            </span>
            <Button look="danger" onPress={() => revoke(token.id)}>
              {t('tokens.revoke')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Never more than the person may who gives it. */
function scopesOf(may: string, rights: string[]): string[] {
  if (may === 'everything') return rights
  return rights.filter((right) => right.endsWith('.read') || (may === 'answer' && right === 'conversations.answer'))
}
