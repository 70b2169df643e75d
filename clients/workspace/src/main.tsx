import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from './core/api'
import { App } from './app/App'
import { applyTheme, rememberedTheme } from './app/theme'
import './ui/base.css'

applyTheme(rememberedTheme())
reloadAfterAnUpgrade()

const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => count < 3 && !(error instanceof ApiError && !error.problem.retry),
      refetchOnWindowFocus: false,
    },
  },
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)

/** A page that was opened before the desk was upgraded asks for parts that are no longer there: it comes anew, once; not while the desk is away. */
function reloadAfterAnUpgrade() {
  addEventListener('vite:preloadError', () => {
    const last = Number(sessionStorage.getItem('gw.reloaded') ?? 0)
    if (Date.now() - last < 60_000) return
    void fetch('/healthz', { cache: 'no-store' }).then(({ ok }) => {
      if (!ok) return
      sessionStorage.setItem('gw.reloaded', String(Date.now()))
      location.reload()
    }, () => undefined)
  })
}
