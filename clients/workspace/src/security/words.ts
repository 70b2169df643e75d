/** The words of security and of one's own settings: a catalogue of their own, fetched when the first of their screens opens. */

import { use } from 'react'
import { negotiate, texts, type Catalogue, type Texts } from '@goodword/shared/texts'
import { useTexts } from '@/app/context'

const catalogues = import.meta.glob<Catalogue>('../../../../src/goodword/texts/*/security.json', { import: 'default' })
const fetched = new Map<string, Promise<Texts>>()

export function useWords(): Texts {
  return use(wordsIn(useTexts().language))
}

function wordsIn(language: string): Promise<Texts> {
  const tag = negotiate([language])
  const path = Object.keys(catalogues).find((name) => name.endsWith(`/${tag}/security.json`))!
  const known = fetched.get(tag) ?? catalogues[path]!().then((catalogue) => texts(tag, catalogue))
  fetched.set(tag, known)
  return known
}
