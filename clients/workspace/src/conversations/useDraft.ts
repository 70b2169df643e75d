import { useEffect, useState } from 'react'
import { useDesk } from '@/app/context'
import { yields } from '@/core/drafts'
import type { Draft } from '@/core/model'

/** What is being written: kept at each key. What another device wrote is taken only where nothing was written here since. */
export function useDraft(conversation_id: string, fromServer: Draft | null) {
  const desk = useDesk()
  const [draft, setDraft] = useState(() => desk.drafts.of(conversation_id, fromServer))
  const [common, setCommon] = useState(draft.text)
  const [elsewhere, setElsewhere] = useState<Draft | null>(null)

  const take = (next: Draft) => {
    setDraft(next)
    setCommon(next.text)
    setElsewhere(null)
  }
  useEffect(
    () =>
      desk.drafts.watch(conversation_id, (heard, here) => {
        if (here || yields(draft.text, heard.text, common, desk.drafts.saved(conversation_id))) take(heard)
        else setElsewhere(heard.text && heard.text !== draft.text ? heard : null)
      }),
    [desk, conversation_id, draft.text, common],
  )

  return {
    ...draft,
    /** Another device has written something else, and this one has words of its own. */
    elsewhere,
    takeElsewhere: () => {
      if (!elsewhere) return
      desk.drafts.write(conversation_id, elsewhere)
      take(elsewhere)
    },
    write(change: Partial<Draft>) {
      const next = { text: draft.text, kind: draft.kind, ...change }
      setDraft(next)
      desk.drafts.write(conversation_id, next)
    },
    clear() {
      take({ text: '', kind: draft.kind })
      desk.drafts.clear(conversation_id, draft.kind)
    },
  }
}
