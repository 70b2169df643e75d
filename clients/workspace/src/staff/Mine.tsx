import { useDesk, useTexts } from '@/app/context'
import { post } from '@/core/api'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { MineLooks } from './MineLooks'
import { MineSessions } from './MineSessions'
import { MineSounds } from './MineSounds'
import { MineTwoFactor } from './MineTwoFactor'
import css from './Settings.module.css'
import { useForm } from './useForm'

/** My own settings: each change is kept and seen at once. */
export function Mine() {
  return (
    <div className={css.column}>
      <MineLooks />
      <MineSounds />
      <Password />
      <MineTwoFactor />
      <MineSessions />
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
