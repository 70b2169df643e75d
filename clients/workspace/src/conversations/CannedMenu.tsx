import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Party } from '@goodword/shared/events'
import { useDesk } from '@/app/context'
import { cannedQuery } from '@/app/queries'
import { useWords } from '@/channels/words'
import { byUse, filled, textIn, type Put } from '@/core/canned'
import type { FoundCustomer } from '@/customers/found'
import { Button } from '@/ui/Button'
import { Item, MenuButton } from '@/ui/Menu'

interface Props {
  /** To whom the words go, in his language where it is known. */
  to: Party | undefined
  onPick: (answer: Put) => void
}

/** The canned answers in a menu, those that are used often first. */
export function CannedMenu({ to, onPick }: Props) {
  const { t } = useWords()
  const { me } = useDesk()
  const client = useQueryClient()
  const canned = useQuery(cannedQuery()).data ?? []
  if (!canned.length) return null
  const language = () => {
    const found = client.getQueriesData<FoundCustomer[]>({ queryKey: ['customers'] }).flatMap(([, customers]) => (Array.isArray(customers) ? customers : []))
    return found.find((one) => one.email?.toLowerCase() === to?.address.toLowerCase())?.language ?? me.language
  }
  const fields = { customer: to?.name ?? '', agent: me.name, company: me.company.name }
  return (
    <MenuButton label={t('begin.answers')} button={<Button look="quiet">{t('begin.answers')}</Button>}>
      {canned.toSorted(byUse).map((one) => (
        <Item key={one.id} id={one.id} onAction={() => onPick({ id: one.id, text: filled(textIn(one, language()), fields) })}>
          {`/${one.key}`}
        </Item>
      ))}
    </MenuButton>
  )
}
