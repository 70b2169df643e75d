import { useNavigate } from '@tanstack/react-router'
import { useDesk, useTexts } from '@/app/context'
import type { View } from '@/core/model'
import { filterOf, type InboxSearch } from '@/core/place'
import css from '@/staff/Settings.module.css'
import { useForm } from '@/staff/useForm'
import { Button } from '@/ui/Button'
import { Check, Field } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import { useChangeView } from './useChangeView'

/** Keeps the filter of the address under a name. */
export default function SaveView({ view, search, onClose }: { view: View; search: InboxSearch; onClose: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const navigate = useNavigate()
  const { bring } = useChangeView()
  const form = useForm({ name: '', shared: '' })
  const save = () =>
    void form.submit(async ({ name, shared }) => {
      const made = await bring({ name: name.trim(), shared: shared === 'yes', filter: filterOf(view, search) })
      onClose()
      void navigate({ to: '/inbox/$view', params: { view }, search: { ...search, saved: made.id } })
      desk.say({ key: 'views.made', values: { name: made.name } })
    })
  return (
    <Sheet title={t('views.save')} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <div role="alert">{form.error}</div>
        <Field label={t('views.name')} hint={t('views.what')} required autoFocus maxLength={80} {...form.field('name')} />
        {desk.me.rights.includes('views.share') && (
          <Check label={t('views.share')} {...form.check('shared')} />
        )}
        <Button type="submit" look="primary" isDisabled={form.busy}>
          {t('common.save')}
        </Button>
      </form>
    </Sheet>
  )
}
