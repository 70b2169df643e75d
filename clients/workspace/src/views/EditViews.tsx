import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { composing } from '@/core/keys'
import type { SavedView } from '@/core/model'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Check, Field } from '@/ui/Field'
import { Sheet } from '@/ui/Sheet'
import { useChangeView } from './useChangeView'
import { useSavedViews } from './useSavedViews'

/** Saved views by name: each change counts at once. Those of others are only shown. */
export default function EditViews({ onClose }: { onClose: () => void }) {
  const { t } = useTexts()
  const views = useSavedViews()
  return (
    <Sheet title={t('views.edit')} onClose={onClose}>
      {views.length === 0 && <p className={css.soft}>{t('views.none')}</p>}
      <ul className={css.list}>
        {views.map((one) => (
          <One key={one.id} one={one} />
        ))}
      </ul>
    </Sheet>
  )
}

function One({ one }: { one: SavedView }) {
  const { t } = useTexts()
  const { me } = useDesk()
  const { change, drop } = useChangeView()
  const [name, rename] = useState(one.name)
  const share = me.rights.includes('views.share')
  const may = one.mine || (one.shared && share)
  const keep = () => {
    if (name.trim() && name.trim() !== one.name) void change(one, { name: name.trim() })
    else rename(one.name)
  }
  return (
    <li className={`${css.card} ${css.line}`}>
      {may ? (
        <Field
          label={t('views.name')}
          value={name}
          maxLength={80}
          onChange={(event) => rename(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => event.key === 'Enter' && !composing(event.nativeEvent) && keep()}
        />
      ) : (
        <b>{one.name}</b>
      )}
      {!one.mine && <span className={css.soft}>{t('views.of', { name: one.owner.name })}</span>}
      {share && may && (
        <Check label={t('views.share')} checked={one.shared} onChange={(event) => void change(one, { shared: event.target.checked })} />
      )}
      {may && (
        <Button small look="danger" onPress={() => void drop(one)} aria-label={t('views.removeOf', { name: one.name })}>
          {t('canned.remove')}
        </Button>
      )}
    </li>
  )
}
