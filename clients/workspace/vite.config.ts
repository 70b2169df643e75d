import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env['GOODWORD_URL'] ?? 'http://127.0.0.1:8000'

/** React Aria carries its few words in thirty languages; ours are five. */
const spokenLocales: NonNullable<ViteUserConfig['plugins']>[number] = {
  name: 'goodword-locales',
  enforce: 'pre',
  load(id) {
    const locale = /\/(?:react-aria|react-stately|react-aria-components)\/.*\/intl\/.*\/([a-z]{2}-[A-Z]{2})\.m?js$/.exec(id)?.[1]
    return locale && !['en-US', 'fr-FR', 'ko-KR', 'zh-CN', 'zh-TW'].includes(locale) ? 'export default {}' : null
  },
}

export default defineConfig({
  base: '/workspace/',
  plugins: [spokenLocales, react()],
  resolve: { alias: { '@': here('./src') } },
  build: {
    outDir: here('../../src/goodword/web/static/workspace'),
    emptyOutDir: true,
    target: 'es2022',
    // The page is served with `script-src 'self'; style-src 'self'`: nothing may be inlined.
    assetsInlineLimit: 0,
    // One sheet of 13 KB instead of thirty that take 20 together.
    cssCodeSplit: false,
    // What counts is the gzipped first load, held by sizes.mjs.
    chunkSizeWarningLimit: 800,
    // What the first load needs is one file: cut along what later parts share with it, forty files weighed 13 KB more.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
    modulePreload: { polyfill: false },
  },
  server: {
    fs: { allow: [here('../..')] },
    proxy: { '/api': { target: server, ws: true, changeOrigin: true } },
  },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
})
