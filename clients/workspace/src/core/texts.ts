/** The texts of the workspace, a language fetched only when it is spoken. */

import { LANGUAGES, negotiate, texts, type Catalogue, type Texts } from '@goodword/shared/texts'

const catalogues = import.meta.glob<Catalogue>('../../../../src/goodword/texts/*/workspace.json', { import: 'default' })

export async function load(language: string): Promise<Texts> {
  const tag = negotiate([language])
  const path = Object.keys(catalogues).find((name) => name.endsWith(`/${tag}/workspace.json`))
  if (!path) throw new Error(`no texts in ${tag}`)
  return texts(tag, await catalogues[path]!())
}

/** The language of a person who has not signed in. */
export const browserLanguage = () => negotiate(navigator.languages)

export { LANGUAGES }

const NAMES: Record<string, string> = { en: 'English', fr: 'Français', ko: '한국어', 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文' }

/** A language by the name that `speaker` has for it: `anglais`, `英文`. */
export function nameIn(speaker: string, language: string): string {
  return new Intl.DisplayNames([speaker], { type: 'language' }).of(language) ?? language
}

/** A language by the name its speakers give it. */
export function nameOf(language: string): string {
  return NAMES[language] ?? new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
}
