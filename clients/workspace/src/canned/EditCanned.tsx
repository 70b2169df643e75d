import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { teamsQuery } from '@/app/queries'
import { For, useHand, type Scoped } from '@/automation/For'
import { patch, post } from '@/core/api'
import type { Canned } from '@/core/model'
import css from '@/staff/Settings.module.css'
import { useForm } from '@/staff/useForm'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import { TextsIn } from './TextsIn'

/** One text in five languages, and for whom it is; a language left empty falls back to English. */
export function EditCanned({ one, onClose }: { one: Canned | null; onClose: () => void }) {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const form = useForm({ key: one?.key ?? '' })
  const [texts, write] = useState<Record<string, string>>(one?.texts ?? {})
  const shared = useHand()({ scope: 'everyone' })
  const [whose, keepFor] = useState<Scoped>({ scope: one?.scope ?? (shared ? 'everyone' : 'mine'), team_id: one?.team_id ?? null })
  const teams = useQuery(teamsQuery()).data ?? []
  const save = () =>
    void form.submit(async ({ key }) => {
      const spoken = Object.entries(texts).flatMap(([tag, text]) => (text.trim() ? [[tag, text.trim()]] : []))
      const body = { key, texts: Object.fromEntries(spoken) as Record<string, string>, ...whose }
      await (one ? patch(`/canned/${one.id}`, body) : post('/canned', body))
      await client.invalidateQueries({ queryKey: ['canned'] })
      desk.say({ key: 'canned.saved', values: { key } })
      onClose()
    })
  return (
    <Sheet title={one ? `/${one.key}` : t('canned.add')} onClose={onClose} wide>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <div role="alert">{form.error}</div>
        <Field label={t('canned.key')} hint={t('canned.fields')} required autoFocus {...form.field('key')} />
        <For thing={whose} teams={teams.map(({ id, name }) => [id, name] as const)} onChange={keepFor} />
        <TextsIn texts={texts} onChange={write} />
        <Button type="submit" look="primary" isDisabled={form.busy}>
          {t('common.save')}
        </Button>
      </form>
    </Sheet>
  )
}
