/** The gate: set-up on the first run, sign-in for a stranger, the workspace for everyone else. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Suspense, useEffect, useMemo, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import type { Texts } from '@goodword/shared/texts'
import { part } from '@/app/part'
import { ApiError, get, patch, speak } from '@/core/api'
import { myKeys } from '@/core/bindings'
import type { Me } from '@/core/model'
import { browserLanguage, load } from '@/core/texts'
import { DeskContext, TextsContext } from './context'
import { createDesk } from './desk'
import { meQuery } from './queries'
import { createAppRouter } from './router'
import { applyDensity, applyPreferences, applyTheme } from './theme'

const SetUp = part(() => import('@/staff/SetUp'))
const SignIn = part(() => import('@/staff/SignIn'))
const Unreachable = part(() => import('./Unreachable'))

export function App() {
  const me = useQuery(meQuery())
  const [chosen, choose] = useState(browserLanguage)
  const texts = useLanguage(me.data?.language ?? chosen)

  if (me.isPending || !texts) return null
  return (
    <TextsContext value={texts}>
      <I18nProvider locale={texts.language}>
        <Suspense fallback={null}>
          {me.data ? <SignedIn me={me.data} /> : <Stranger error={me.error} language={chosen} onLanguage={choose} />}
        </Suspense>
      </I18nProvider>
    </TextsContext>
  )
}

function useLanguage(language: string): Texts | null {
  const [texts, setTexts] = useState<Texts | null>(null)
  useEffect(() => {
    let current = true
    speak(language)
    void load(language).then((loaded) => {
      if (!current) return
      document.documentElement.lang = loaded.language
      setTexts(loaded)
    })
    return () => void (current = false)
  }, [language])
  return texts
}

function Stranger({ error, ...props }: { error: unknown; language: string; onLanguage: (language: string) => void }) {
  const client = useQueryClient()
  const unknown = error instanceof ApiError && (error.status === 401 || error.status === 403)
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => get<{ needed: boolean }>('/setup'), enabled: unknown, retry: 1 })
  const enter = (me: Me) => {
    client.setQueryData(meQuery().queryKey, me)
    client.removeQueries({ queryKey: ['setup'] })
  }
  if (!unknown) return <Unreachable />
  if (setup.isPending) return null
  return setup.data?.needed ? <SetUp {...props} onDone={enter} /> : <SignIn {...props} onDone={enter} />
}

function SignedIn({ me }: { me: Me }) {
  const client = useQueryClient()
  // Other rights are another desk: what was fetched under the old ones is fetched anew.
  const desk = useMemo(() => createDesk(me, client), [me.id, me.rights.join(), client])
  const router = useMemo(() => createAppRouter(), [desk])

  useEffect(() => () => desk.stop(), [desk])
  useEffect(() => {
    myKeys().follow(me.preferences.keys ?? {}, (keys) => {
      void patch<Me>('/me', { preferences: { keys } }).then((fresh) => client.setQueryData(meQuery().queryKey, fresh), desk.complain)
    })
  }, [desk])
  useEffect(() => {
    applyTheme(me.theme)
    applyDensity(me.density)
    applyPreferences(me.preferences)
  }, [me.theme, me.density, me.preferences])

  return (
    <DeskContext value={desk}>
      <RouterProvider router={router} />
    </DeskContext>
  )
}
