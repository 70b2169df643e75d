import type { Catalogue } from '@goodword/shared/texts'
import { wordsFrom } from '@/app/words'

/** The words of rules and macros. */
export const useWords = wordsFrom(import.meta.glob<Catalogue>('../../../../src/goodword/texts/*/automation.json', { import: 'default' }))
