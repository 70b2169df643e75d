/** My own settings: each change is drawn at once, kept by the account, and can be undone. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDesk } from '@/app/context'
import { meQuery } from '@/app/queries'
import { patch } from '@/core/api'
import type { Me, Preferences } from '@/core/model'
import { completed } from '@/core/notify'
import { useWords } from '@/security/words'

type Choice = Partial<Pick<Me, 'language' | 'theme' | 'density'>> & { preferences?: Partial<Preferences> }

export function useMine() {
  const desk = useDesk()
  const words = useWords()
  const client = useQueryClient()
  const me = useQuery(meQuery()).data ?? desk.me
  const change = useMutation({
    mutationFn: (what: Choice) => patch<Me>('/me', what),
    onMutate: (what) => client.setQueryData<Me>(meQuery().queryKey, (old) => old && drawn(old, what)),
    onSuccess: (fresh) => client.setQueryData(meQuery().queryKey, fresh),
    onError: (error) => {
      desk.complain(error)
      void client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  const choose = (what: Choice) => {
    const back = before(me, what)
    change.mutate(what, { onSuccess: () => desk.say(words.t('me.kept'), { undo: () => change.mutate(back) }) })
  }
  return { me, choose, prefer: (preferences: Partial<Preferences>) => choose({ preferences }) }
}

function drawn(me: Me, { preferences, ...rest }: Choice): Me {
  return { ...me, ...rest, preferences: { ...me.preferences, ...preferences } }
}

/** What takes a change back: the same members as they were. */
function before(me: Me, { preferences, ...rest }: Choice): Choice {
  const was = Object.fromEntries(Object.keys(rest).map((name) => [name, me[name as keyof typeof rest]])) as Choice
  if (!preferences) return was
  const of = completed(me.preferences)
  return { ...was, preferences: Object.fromEntries(Object.keys(preferences).map((name) => [name, of[name as keyof Preferences] ?? null])) as Partial<Preferences> }
}
