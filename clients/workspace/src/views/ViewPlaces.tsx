import { useTexts } from '@/app/context'
import type { SavedView, View } from '@/core/model'
import type { InboxSearch } from '@/core/place'
import { Icon } from '@/ui/Icon'
import { Item, Section, type OpenMenu } from '@/ui/Menu'
import { Opened } from '@/ui/MenuOpened'
import css from './ViewPlaces.module.css'
import { usePlaces } from './usePlaces'

interface Props {
  view: View
  search: InboxSearch
  saved: readonly SavedView[]
  onEdit: () => void
}

export function PlacesMenu({ view, search, saved, onEdit, ...opened }: Props & OpenMenu) {
  const { t } = useTexts()
  const groups = usePlaces(view, search, saved)
  return (
    <Opened {...opened}>
      {groups.map((group) => (
        <Section key={group.id} title={group.title}>
          {group.places.map((place) => (
            <Item key={place.id} id={place.id} checked={place.current} detail={place.detail} onAction={place.go}>
              {place.name}
            </Item>
          ))}
          {group.id === 'saved' && (
            <Item id="edit-views" onAction={onEdit}>
              {t('views.edit')}
            </Item>
          )}
        </Section>
      ))}
    </Opened>
  )
}

/** The same for a finger. */
export function PlacesList({ view, search, saved, onEdit, onDone }: Props & { onDone: () => void }) {
  const { t } = useTexts()
  const groups = usePlaces(view, search, saved)
  return (
    <nav className={css.places} aria-label={t('list.views')}>
      {groups.map((group) => (
        <section key={group.id}>
          <h3>{group.title}</h3>
          {group.places.map((place) => (
            <button
              key={place.id}
              type="button"
              aria-current={place.current ? 'page' : undefined}
              onClick={() => {
                place.go()
                onDone()
              }}
            >
              <span>{place.name}</span>
              {place.detail !== undefined && <small>{place.detail}</small>}
              {place.current && <Icon name="check" size={16} />}
            </button>
          ))}
          {group.id === 'saved' && (
            <button
              type="button"
              onClick={() => {
                onDone()
                onEdit()
              }}
            >
              <span>{t('views.edit')}</span>
            </button>
          )}
        </section>
      ))}
    </nav>
  )
}
