import type { Catalogue } from '@goodword/shared/texts'
import { wordsFrom } from '@/app/words'

/** The words of security and of one's own settings. */
export const useWords = wordsFrom(import.meta.glob<Catalogue>('../../../../src/goodword/texts/*/security.json', { import: 'default' }))
