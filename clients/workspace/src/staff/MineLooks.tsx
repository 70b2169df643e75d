import { useTexts } from '@/app/context'
import type { Preferences, Theme } from '@/core/model'
import { completed } from '@/core/notify'
import { LANGUAGES, nameOf } from '@/core/texts'
import { useWords } from '@/security/words'
import { Select } from '@/ui/Field'
import { useMine } from './useMine'

/** Language, light, closeness, size: how the workspace looks to this person, on every machine. */
export function MineLooks() {
  const { t } = useTexts()
  const words = useWords()
  const { me, choose, prefer } = useMine()
  const own = completed(me.preferences)
  return (
    <section>
      <h2>{words.t('me.looks')}</h2>
      <Select label={t('settings.language')} value={me.language} onChange={(event) => choose({ language: event.target.value })}>
        {LANGUAGES.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {nameOf(tag)}
          </option>
        ))}
      </Select>
      <Select label={t('settings.theme')} value={me.theme} onChange={(event) => choose({ theme: event.target.value as Theme })}>
        {['auto', 'light', 'dark'].map((theme) => (
          <option key={theme} value={theme}>
            {t(`theme.${theme}`)}
          </option>
        ))}
      </Select>
      <Select label={t('settings.density')} value={me.density} onChange={(event) => choose({ density: event.target.value })}>
        {['comfortable', 'compact'].map((density) => (
          <option key={density} value={density}>
            {t(`density.${density}`)}
          </option>
        ))}
      </Select>
      <Select
        label={words.t('me.textSize')}
        value={own.text_size}
        onChange={(event) => prefer({ text_size: event.target.value as Preferences['text_size'] })}
      >
        {['normal', 'large', 'larger'].map((size) => (
          <option key={size} value={size}>
            {words.t(`size.${size}`)}
          </option>
        ))}
      </Select>
      <Select label={words.t('me.contrast')} value={own.contrast} onChange={(event) => prefer({ contrast: event.target.value as 'auto' | 'more' })}>
        {['auto', 'more'].map((contrast) => (
          <option key={contrast} value={contrast}>
            {words.t(`contrast.${contrast}`)}
          </option>
        ))}
      </Select>
      <Select label={words.t('me.motion')} value={own.motion} onChange={(event) => prefer({ motion: event.target.value as 'auto' | 'less' })}>
        {['auto', 'less'].map((motion) => (
          <option key={motion} value={motion}>
            {words.t(`motion.${motion}`)}
          </option>
        ))}
      </Select>
    </section>
  )
}
