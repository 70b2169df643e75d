import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '@/app/context'
import { post } from '@/core/api'
import type { Channel, ChannelKind } from '@/core/model'
import css from '@/staff/Settings.module.css'
import { useForm } from '@/staff/useForm'
import { Button } from '@/ui/Button'
import { Field, Select } from '@/ui/Field'
import { Once } from './Once'

/** `onMailbox`: what is set up by its address has a form of its own. */
export function AddChannel({ kinds, onMailbox }: { kinds: ChannelKind[]; onMailbox: (kind: ChannelKind) => void }) {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm({ name: '', kind: (kinds.find((one) => one.capabilities.includes('live')) ?? kinds[0]!).kind })
  const [token, show] = useState<string | null>(null)
  const chosen = kinds.find((one) => one.kind === form.values.kind)
  const mailbox = chosen?.capabilities.includes('mailbox') ? chosen : null
  const add = () => {
    if (mailbox) return onMailbox(mailbox)
    void form.submit(async (values) => {
      const made = await post<Channel>('/channels', { ...values, settings: {} })
      const pushed = kinds.find((one) => one.kind === made.kind)?.capabilities.includes('push')
      show((pushed && made.token) || null)
      form.setValues({ ...values, name: '' })
      await client.invalidateQueries({ queryKey: ['channels'] })
    })
  }
  return (
    <>
      <form
        className={css.adding}
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        {!mailbox && <Field label={t('channels.name')} required {...form.field('name')} error={form.error ?? undefined} />}
        <Select label={t('channels.kind')} {...form.field('kind')}>
          {kinds.map((one) => (
            <option key={one.kind} value={one.kind}>
              {one.name}
            </option>
          ))}
        </Select>
        <Button type="submit" isDisabled={form.busy}>
          {t('channels.add')}
        </Button>
      </form>
      <Once secret={token} />
    </>
  )
}
