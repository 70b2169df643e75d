import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { cannedQuery } from '@/app/queries'
import { useWords } from '@/automation/words'
import { post, remove } from '@/core/api'
import { textIn } from '@/core/canned'
import type { Canned } from '@/core/model'
import { LANGUAGES, nameOf } from '@/core/texts'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { EditCanned } from './EditCanned'

/** The texts that `/` inserts in a reply, each in the languages it has. */
export function CannedAnswers() {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const answers = useQuery(cannedQuery()).data
  const [editing, edit] = useState<Canned | 'new' | null>(null)
  const mayEdit = desk.me.rights.includes('conversations.assign')
  const again = () => client.invalidateQueries({ queryKey: ['canned'] })
  const bring = ({ key, texts }: Canned) => void post('/canned', { key, texts }).then(again, desk.complain)
  const drop = async (one: Canned) => {
    try {
      await remove(`/canned/${one.id}`)
      await again()
      desk.say({ key: 'canned.removed', values: { key: one.key } }, { undo: () => bring(one) })
    } catch (error) {
      desk.complain(error)
    }
  }
  return (
    <section>
      <div className={css.line}>
        <p className={css.soft}>{t('canned.what')}</p>
        {mayEdit && (
          <Button onPress={() => edit('new')}>
            <Icon name="plus" size={16} />
            {t('canned.add')}
          </Button>
        )}
      </div>
      {answers?.length === 0 && <p className={css.soft}>{t('canned.none')}</p>}
      <ul className={css.list}>
        {answers?.map((one) => (
          <One key={one.id} one={one} onEdit={mayEdit ? () => edit(one) : null} onRemove={() => void drop(one)} />
        ))}
      </ul>
      {editing && <EditCanned one={editing === 'new' ? null : editing} onClose={() => edit(null)} />}
    </section>
  )
}

function One({ one, onEdit, onRemove }: { one: Canned; onEdit: (() => void) | null; onRemove: () => void }) {
  const { t, language } = useTexts()
  const spoken = one.texts[language] ? language : (Object.keys(one.texts)[0] ?? language)
  return (
    <li className={css.card}>
      <div className={css.line}>
        <h2>/{one.key}</h2>
        <Languages texts={one.texts} />
        {onEdit && (
          <span className={css.deeds}>
            <Button small onPress={onEdit} aria-label={t('canned.editOf', { key: one.key })}>
              {t('customer.edit')}
            </Button>
            <Button small look="danger" onPress={onRemove} aria-label={t('canned.removeOf', { key: one.key })}>
              {t('canned.remove')}
            </Button>
          </span>
        )}
      </div>
      <p lang={spoken}>{textIn(one, language)}</p>
    </li>
  )
}

/** Which languages it has, and which are still missing. */
function Languages({ texts }: { texts: Record<string, string> }) {
  const { t } = useWords()
  const missing = LANGUAGES.filter((tag) => !texts[tag])
  return (
    <span className={css.soft}>
      {LANGUAGES.filter((tag) => texts[tag]).map(nameOf).join(', ')}
      {missing.length > 0 && ` · ${t('auto.missingIn', { languages: missing.map(nameOf).join(', ') })}`}
    </span>
  )
}
