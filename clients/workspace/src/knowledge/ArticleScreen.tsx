import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { articleQuery } from '@/app/queries'
import type { KnowledgeSearch } from '@/app/router'
import { post } from '@/core/api'
import type { Article } from '@/core/model'
import { nameOf } from '@/core/texts'
import { Button } from '@/ui/Button'
import css from './Knowledge.module.css'
import { Write } from './Write'

export default function ArticleScreen() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { language } = useSearch({ strict: false }) as KnowledgeSearch
  return id === 'new' ? <Write key="new" opened={null} onDone={null} /> : <Existing key={id + language} id={id} language={language} />
}

function Existing({ id, language }: { id: string; language: string | undefined }) {
  const found = useQuery(articleQuery(id, language))
  const [editing, edit] = useState(false)
  if (found.error) return <p className={css.nothing}>{found.error.message}</p>
  if (!found.data) return null
  if (editing) return <Write opened={found.data} onDone={() => edit(false)} />
  return <Read opened={found.data} onEdit={() => edit(true)} />
}

function Read({ opened, onEdit }: { opened: Article; onEdit: () => void }) {
  const { t } = useTexts()
  const { me } = useDesk()
  const { status, version, published_version } = opened.translation
  const waiting = published_version !== version
  const mayEdit = me.rights.includes('knowledge.edit')
  return (
    <article className={css.article}>
      <Link className={css.back} to="/knowledge">
        {t('knowledge.back')}
      </Link>
      <div className={css.bar}>
        <span>
          {t(`article.${status}`)}
          {status === 'published' && waiting && ` · ${t('knowledge.changed')}`}
          {status === 'published' && (
            <>
              {' · '}
              <a href={opened.url} target="_blank" rel="noreferrer">
                {t('knowledge.open')}
              </a>
            </>
          )}
        </span>
        {mayEdit && <Button onPress={onEdit}>{t('knowledge.edit')}</Button>}
        {mayEdit && waiting && <Publish opened={opened} />}
      </div>
      {opened.translations.length > 1 && (
        <nav className={css.languages} aria-label={t('knowledge.language')}>
          {opened.translations.map((one) => (
            <Link
              key={one.language}
              to="/knowledge/$id"
              params={{ id: opened.article.id }}
              search={(old: KnowledgeSearch) => ({ ...old, language: one.language })}
              aria-current={one.language === opened.language ? 'page' : undefined}
              lang={one.language}
            >
              {nameOf(one.language)}
            </Link>
          ))}
        </nav>
      )}
      <h1 lang={opened.language}>{opened.title}</h1>
      {/* Rendered and cleaned by the server with the help centre's own renderer; the page's policy runs no script in it. */}
      <div className={css.body} lang={opened.language} dangerouslySetInnerHTML={{ __html: opened.html }} />
    </article>
  )
}

function Publish({ opened }: { opened: Article }) {
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const publish = async () => {
    try {
      await post(`/knowledge/articles/${opened.article.id}/publish`, { language: opened.language })
      await client.invalidateQueries({ queryKey: ['articles'] })
      desk.say({ key: 'knowledge.published' })
    } catch (error) {
      desk.complain(error)
    }
  }
  return (
    <Button look="primary" onPress={() => void publish()}>
      {t('knowledge.publish')}
    </Button>
  )
}
