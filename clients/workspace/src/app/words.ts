/** Words that only some screens need: a catalogue of their own, fetched when the first of these screens opens. */

import { use } from 'react'
import { negotiate, texts, type Catalogue, type Texts } from '@goodword/shared/texts'
import { useTexts } from './context'

/** By the path of each language's file, as `import.meta.glob` finds them. */
type Catalogues = Record<string, () => Promise<Catalogue>>

/** A hook for these words; what is not among them is looked for among those of the whole workspace. */
export function wordsFrom(catalogues: Catalogues): () => Texts {
  const fetched = new Map<string, Promise<Texts>>()
  const wordsIn = (tag: string, everywhere: Texts) => {
    const path = Object.keys(catalogues).find((name) => name.split('/').at(-2) === tag)!
    const known = fetched.get(tag) ?? catalogues[path]!().then((catalogue) => both(texts(tag, catalogue), everywhere))
    fetched.set(tag, known)
    return known
  }
  return () => {
    const everywhere = useTexts()
    return use(wordsIn(negotiate([everywhere.language]), everywhere))
  }
}

/** An unknown key comes back as itself. */
function both(own: Texts, everywhere: Texts): Texts {
  const found = (key: string, said: string, other: () => string) => (said === key ? other() : said)
  return {
    language: own.language,
    t: (key, values) => found(key, own.t(key, values), () => everywhere.t(key, values)),
    n: (key, count, values) => found(key, own.n(key, count, values), () => everywhere.n(key, count, values)),
  }
}
