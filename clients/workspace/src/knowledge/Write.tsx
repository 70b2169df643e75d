import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTexts } from '@/app/context'
import { patch, post } from '@/core/api'
import type { Article } from '@/core/model'
import { LANGUAGES, nameOf } from '@/core/texts'
import { useForm } from '@/staff/useForm'
import { Button } from '@/ui/Button'
import { Area, Field, Select } from '@/ui/Field'
import css from './Knowledge.module.css'

/** Title and text of an article: a new one, or a newer version of `opened` in its language. */
export function Write({ opened, onDone }: { opened: Article | null; onDone: (() => void) | null }) {
  const { t, language } = useTexts()
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ title: opened?.title ?? '', body: opened?.body ?? '', language: opened?.language ?? language })
  const leave = () => (onDone ? onDone() : void navigate({ to: '/knowledge' }))
  const save = () =>
    void form.submit(async (values) => {
      const written = opened
        ? await patch<Article>(`/knowledge/articles/${opened.article.id}`, { ...values, base_version: opened.translation.version })
        : await post<Article>('/knowledge/articles', values)
      await client.invalidateQueries({ queryKey: ['articles'] })
      if (onDone) onDone()
      else void navigate({ to: '/knowledge/$id', params: { id: written.article.id }, search: { language: written.language } })
    })
  return (
    <form
      className={css.article}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div role="alert">{form.error}</div>
      <Field label={t('knowledge.articleTitle')} required autoFocus {...form.field('title')} />
      {!opened && (
        <Select label={t('knowledge.language')} {...form.field('language')}>
          {LANGUAGES.map((tag) => (
            <option key={tag} value={tag}>
              {nameOf(tag)}
            </option>
          ))}
        </Select>
      )}
      <Area label={t('knowledge.body')} rows={18} hint={t('knowledge.markdown')} required {...form.field('body')} />
      <div className={css.bar}>
        <span />
        <Button look="quiet" onPress={leave}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" look="primary" isDisabled={form.busy}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
