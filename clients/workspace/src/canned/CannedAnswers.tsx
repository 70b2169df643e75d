import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { cannedQuery, teamsQuery } from '@/app/queries'
import { useForWhom, useHand } from '@/automation/For'
import { useWords } from '@/automation/words'
import { post, remove } from '@/core/api'
import { byName, byUse, textIn } from '@/core/canned'
import type { Canned } from '@/core/model'
import { LANGUAGES, nameOf } from '@/core/texts'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Select } from '@/ui/Field'
import { Icon } from '@/ui/Icon'
import { EditCanned } from './EditCanned'

const ORDERS = { name: byName, use: byUse }
type Order = keyof typeof ORDERS

/** The texts that `/` inserts in a reply, each in the languages it has, and how often it was sent. */
export function CannedAnswers() {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  // How often they are used grows while one looks elsewhere.
  const answers = useQuery({ ...cannedQuery(), refetchOnMount: 'always' }).data
  const [order, setOrder] = useState<Order>('name')
  const [editing, edit] = useState<Canned | 'new' | null>(null)
  const may = useHand()
  const again = () => client.invalidateQueries({ queryKey: ['canned'] })
  const bring = ({ id }: Canned) => void post(`/canned/${id}/restore`).then(again, desk.complain)
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
        {may({ scope: 'mine' }) && (
          <Button onPress={() => edit('new')}>
            <Icon name="plus" size={16} />
            {t('canned.add')}
          </Button>
        )}
      </div>
      {answers?.length === 0 && <p className={css.soft}>{t('canned.none')}</p>}
      {answers && answers.length > 1 && (
        <Select label={t('canned.order')} value={order} onChange={({ target }) => setOrder(target.value as Order)}>
          <option value="name">{t('canned.order.name')}</option>
          <option value="use">{t('canned.order.use')}</option>
        </Select>
      )}
      <ul className={css.list}>
        {answers?.toSorted(ORDERS[order]).map((one) => (
          <One key={one.id} one={one} onEdit={may(one) ? () => edit(one) : null} onRemove={() => void drop(one)} />
        ))}
      </ul>
      {editing && <EditCanned one={editing === 'new' ? null : editing} onClose={() => edit(null)} />}
    </section>
  )
}

function One({ one, onEdit, onRemove }: { one: Canned; onEdit: (() => void) | null; onRemove: () => void }) {
  const { t, n, language } = useTexts()
  const teams = useQuery(teamsQuery()).data ?? []
  const forWhom = useForWhom(teams.map(({ id, name }) => [id, name] as const))
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
      <p className={css.soft}>
        {forWhom(one)} · {one.used ? n('canned.used', one.used) : t('canned.unused')}
      </p>
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
