import { Suspense, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { ahead, part } from '@/app/part'
import { useDesk, useMedia, useStore, useTexts } from '@/app/context'
import type { View } from '@/core/model'
import { narrowed, type InboxSearch } from '@/core/place'
import { Icon } from '@/ui/Icon'
import { Sheet } from '@/ui/LazySheet'
import { MenuButton } from '@/ui/Menu'
import css from './ViewMenu.module.css'
import { useSavedViews } from './useSavedViews'

const places = () => import('./ViewPlaces')
const PlacesMenu = part(() => places().then(({ PlacesMenu }) => ({ default: PlacesMenu })))
const PlacesList = part(() => places().then(({ PlacesList }) => ({ default: PlacesList })))
const EditViews = part(() => import('./EditViews'))

interface Props {
  view: View
  search: InboxSearch
}

/** The name of what is shown; behind it every other view. A menu where there is room, a sheet on a phone. */
export function ViewMenu({ view, search }: Props) {
  const { t } = useTexts()
  const phone = useMedia('(max-width: 719px)')
  const counts = useStore(useDesk().inbox).counts
  const saved = useSavedViews()
  const [open, setOpen] = useState(false)
  const [editing, edit] = useState(false)
  const current = saved.find((one) => one.id === search.saved)
  const count = current ? current.count : narrowed(search).length ? null : counts[view]
  const shown = { view, search, saved, onEdit: () => edit(true) }
  const button = (
    <AriaButton className={css.view!} onHoverStart={() => ahead(places)} onPress={() => setOpen(phone)}>
      <b>{current?.name ?? t(`view.${view}`)}</b> {count != null && <span>{count}</span>} <span className="sr-only">{t('list.chooseView')}</span>
      <Icon name="down" size={16} />
    </AriaButton>
  )
  return (
    <>
      {phone ? (
        <>
          <h1>{button}</h1>
          <Sheet title={t('list.views')} isOpen={open} onClose={() => setOpen(false)} drawer>
            <Suspense>
              <PlacesList {...shown} onDone={() => setOpen(false)} />
            </Suspense>
          </Sheet>
        </>
      ) : (
        <MenuButton button={<h1>{button}</h1>} label={t('list.views')} menu={(opened) => <PlacesMenu {...opened} {...shown} />} />
      )}
      {editing && (
        <Suspense>
          <EditViews onClose={() => edit(false)} />
        </Suspense>
      )}
    </>
  )
}
