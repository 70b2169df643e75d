import type { ChannelSetting } from '@/core/model'
import { LANGUAGES, nameOf } from '@/core/texts'
import css from '@/staff/Settings.module.css'
import type { useForm } from '@/staff/useForm'
import { Area } from '@/ui/Field'
import { useWords } from '../words'

type Words = Partial<Record<string, string>>

/** What stands below every answer, by language; without one of its own a language has the English one. */
export function Signature({ setting, form }: { setting: ChannelSetting; form: ReturnType<typeof useForm<Record<string, string>>> }) {
  const { t } = useWords()
  const words = JSON.parse(form.values[setting.key] || '{}') as Words
  const write = (tag: string, text: string) => {
    const { [tag]: _, ...others } = words
    form.setValues((old) => ({ ...old, [setting.key]: JSON.stringify(text ? { ...others, [tag]: text } : others) }))
  }
  return (
    <details className={css.more}>
      <summary>{t('mailbox.signatures')}</summary>
      <p className={css.soft}>{t('mailbox.signature')}</p>
      <div role="alert">{form.field(setting.key).error}</div>
      {LANGUAGES.map((tag) => (
        <Area
          key={tag}
          lang={tag}
          rows={2}
          maxLength={300}
          label={nameOf(tag)}
          aria-description={setting.label}
          placeholder={tag === 'en' ? '{agent}\n{company}' : undefined}
          value={words[tag] ?? ''}
          onChange={(event) => write(tag, event.target.value)}
        />
      ))}
    </details>
  )
}
