import type { Catalogue } from '@goodword/shared/texts'
import { wordsFrom } from '@/app/words'

/** The words of mailboxes, letters and quarantine. */
export const useWords = wordsFrom(import.meta.glob<Catalogue>('../../../../src/goodword/texts/*/mailbox.json', { import: 'default' }))
