import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTexts } from '@/app/context'
import { articlesQuery, passagesQuery } from '@/app/queries'
import { LANGUAGES, nameOf } from '@/core/texts'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import css from './Knowledge.module.css'

/** What people and assistant answer from: the articles, and a search that says which passage would be found. */
export default function Knowledge() {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const search = useSearch({ strict: false }) as { q?: string; only?: string }
  const [words, setWords] = useState(search.q ?? '')
  const q = useDeferredValue(words.trim())
  return (
    <main id="work" tabIndex={-1} className={css.knowledge} data-open={id !== undefined}>
      <section className={css.list} aria-label={t('knowledge.articles')}>
        <header className={css.head}>
          <div className={css.top}>
            <h1>{t('knowledge.title')}</h1>
            <Button onPress={() => void navigate({ to: '/knowledge/$id', params: { id: 'new' } })}>
              <Icon name="plus" size={16} />
              {t('knowledge.new')}
            </Button>
          </div>
          <input
            type="search"
            className={css.search}
            value={words}
            aria-label={t('knowledge.search')}
            placeholder={t('knowledge.search')}
            onChange={(event) => setWords(event.target.value)}
          />
          <select
            className={css.language}
            value={search.only ?? ''}
            aria-label={t('knowledge.language')}
            onChange={(event) => void navigate({ to: '/knowledge', search: event.target.value ? { only: event.target.value } : {} })}
          >
            <option value="">{t('knowledge.allLanguages')}</option>
            {LANGUAGES.map((tag) => (
              <option key={tag} value={tag}>
                {nameOf(tag)}
              </option>
            ))}
          </select>
        </header>
        {q ? <Passages q={q} language={search.only ?? ''} /> : <Articles only={search.only} />}
      </section>
      <section className={css.work}>{id ? <Outlet /> : <p className={css.nothing}>{t('knowledge.choose')}</p>}</section>
    </main>
  )
}

function Articles({ only }: { only: string | undefined }) {
  const { t } = useTexts()
  const articles = useQuery(articlesQuery(only ? { language: only } : {}))
  if (articles.data?.length === 0) return <p className={css.nothing}>{t('knowledge.empty')}</p>
  return (
    <ul className={css.rows}>
      {articles.data?.map((one) => (
        <li key={one.id + one.language}>
          <Link to="/knowledge/$id" params={{ id: one.id }} search={{ ...(only ? { only } : {}), language: one.language }} className={css.row}>
            <b lang={one.language}>{one.title}</b>
            <span>
              {!only && `${nameOf(one.language)} · `}
              {t(`article.${one.status}`)}
              {one.changed && ` · ${t('knowledge.changed')}`}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Passages({ q, language }: { q: string; language: string }) {
  const { t, language: mine } = useTexts()
  const found = useQuery({ ...passagesQuery(q, language), placeholderData: (old) => old })
  if (found.data?.length === 0) return <p className={css.nothing}>{t('knowledge.nothingFound', { words: q })}</p>
  const share = new Intl.NumberFormat(mine, { style: 'percent' })
  return (
    <ol className={css.rows} aria-live="polite">
      {found.data?.map((one) => (
        <li key={one.article_id + one.heading + one.passage}>
          <Link to="/knowledge/$id" params={{ id: one.article_id }} search={{ q, language: one.language }} className={css.row}>
            <b lang={one.language}>{one.title}</b>
            <span className={css.passage} lang={one.language}>
              {one.passage}
            </span>
            <span>
              {one.heading && `${one.heading} · `}
              {nameOf(one.language)} · {share.format(one.score)}
            </span>
          </Link>
        </li>
      ))}
    </ol>
  )
}
