import { Suspense, useState } from 'react'
import { Link, useParams } from '@tanstack/react-router'
import { useDesk, useMedia, useTexts } from '@/app/context'
import { Field } from '@/ui/Field'
import { Page } from '@/ui/Page'
import { GROUPS, SECTIONS, type Section } from './sections'
import css from './Settings.module.css'
import { found } from './search'

/** Search first; the rooms in groups beside the one that is open. */
export default function Settings() {
  const { t } = useTexts()
  const { me } = useDesk()
  const narrow = useMedia('(max-width: 899px)')
  const { section } = useParams({ strict: false }) as { section: string }
  const offered = SECTIONS.filter(({ right }) => right === null || me.rights.includes(right))
  const current = offered.find(({ id }) => id === section) ?? offered[0]!
  const rooms = <Rooms offered={offered} current={current} />
  return (
    <Page title={t('settings.title')}>
      <div className={css.settings}>
        {narrow ? (
          <details key={current.id} className={css.all}>
            <summary>{t(`settings.${current.id}`)}</summary>
            {rooms}
          </details>
        ) : (
          rooms
        )}
        <div className={css.room}>
          <h2 className="sr-only">{t(`settings.${current.id}`)}</h2>
          <Suspense>
            <current.Shown />
          </Suspense>
        </div>
      </div>
    </Page>
  )
}

function Rooms({ offered, current }: { offered: Section[]; current: Section }) {
  const { t } = useTexts()
  const [words, search] = useState('')
  const left = found(offered, words, t)
  return (
    <nav className={css.rooms} aria-label={t('settings.title')}>
      <Field label={t('settings.search')} type="search" value={words} onChange={(event) => search(event.target.value)} />
      {left.length === 0 && <p role="status">{t('settings.nothing')}</p>}
      {GROUPS.filter((group) => left.some((one) => one.group === group)).map((group) => (
        <section key={group}>
          <h3>{t(`settings.group.${group}`)}</h3>
          {left
            .filter((one) => one.group === group)
            .map(({ id, Badge }) => (
              <Link key={id} to="/settings/$section" params={{ section: id }} aria-current={id === current.id ? 'page' : undefined}>
                {t(`settings.${id}`)}
                <Suspense>{Badge && <Badge />}</Suspense>
              </Link>
            ))}
        </section>
      ))}
    </nav>
  )
}
