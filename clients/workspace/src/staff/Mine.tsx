import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDesk, useTexts } from '@/app/context'
import { meQuery } from '@/app/queries'
import { patch, post } from '@/core/api'
import type { Me, Theme } from '@/core/model'
import { LANGUAGES, nameOf } from '@/core/texts'
import { Button } from '@/ui/Button'
import { Field, Select } from '@/ui/Field'
import css from './Settings.module.css'
import { useForm } from './useForm'

/** My own settings: each change is kept and seen at once. */
export function Mine() {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const me = useQuery(meQuery()).data ?? desk.me
  const change = useMutation({
    mutationFn: (what: Partial<Pick<Me, 'language' | 'theme' | 'density'>>) => patch<Me>('/me', what),
    onMutate: (what) => client.setQueryData<Me>(meQuery().queryKey, (old) => old && { ...old, ...what }),
    onSuccess: (fresh) => client.setQueryData(meQuery().queryKey, fresh),
    onError: (error) => {
      desk.complain(error)
      void client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  return (
    <div className={css.column}>
      <section>
        <Select label={t('settings.language')} value={me.language} onChange={(event) => change.mutate({ language: event.target.value })}>
          {LANGUAGES.map((tag) => (
            <option key={tag} value={tag} lang={tag}>
              {nameOf(tag)}
            </option>
          ))}
        </Select>
        <Select label={t('settings.theme')} value={me.theme} onChange={(event) => change.mutate({ theme: event.target.value as Theme })}>
          {['auto', 'light', 'dark'].map((theme) => (
            <option key={theme} value={theme}>
              {t(`theme.${theme}`)}
            </option>
          ))}
        </Select>
        <Select label={t('settings.density')} value={me.density} onChange={(event) => change.mutate({ density: event.target.value })}>
          {['comfortable', 'compact'].map((density) => (
            <option key={density} value={density}>
              {t(`density.${density}`)}
            </option>
          ))}
        </Select>
      </section>
      <Password />
    </div>
  )
}

function Password() {
  const { t } = useTexts()
  const desk = useDesk()
  const form = useForm({ current: '', new: '' })
  const save = () =>
    void form.submit(async (values) => {
      await post('/me/password', values)
      form.setValues({ current: '', new: '' })
      desk.say({ key: 'settings.passwordChanged' })
    })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <h2>{t('settings.password')}</h2>
      <div role="alert">{form.error}</div>
      <Field label={t('settings.currentPassword')} type="password" autoComplete="current-password" required {...form.field('current')} />
      <Field label={t('settings.newPassword')} type="password" autoComplete="new-password" minLength={10} required hint={t('field.passwordHint')} {...form.field('new')} />
      <Button type="submit" isDisabled={form.busy}>
        {t('settings.changePassword')}
      </Button>
    </form>
  )
}
