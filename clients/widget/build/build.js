/** Builds the launcher, the chat and the texts of each language into the server's static files, and says what they weigh. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { catalogue, LANGUAGES, madeAtBuild, WIDGET } from './plugins.js'

const OUT = process.env.GOODWORD_WIDGET_OUT ?? resolve(WIDGET, '../../src/goodword/web/static/widget')
const LIMITS = { 'widget.js': 3 * 1024, 'chat.js': 15 * 1024 }

/** One script that runs by itself, as old pages and strict policies want it. */
async function script(entry, file, define = {}) {
  await build({
    root: WIDGET,
    configFile: false,
    logLevel: 'warn',
    plugins: [madeAtBuild()],
    define,
    build: {
      outDir: OUT,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      lib: { entry: resolve(WIDGET, entry), formats: ['iife'], name: 'goodwordScript', fileName: () => file },
    },
  })
}

async function texts(language) {
  const own = Object.entries(await catalogue(language)).filter(
    ([key]) => key !== 'launcher.open' && key !== 'launcher.failed',
  )
  const code = `(self.goodwordParts??={}).texts=${JSON.stringify(Object.fromEntries(own))}\n`
  await writeFile(resolve(OUT, `texts.${language}.js`), code)
}

/** The launcher asks for the other parts by the hash of what they hold, so that browsers may keep them. */
async function version(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(await readFile(resolve(OUT, file)))
  return hash.digest('hex').slice(0, 10)
}

async function weigh(file) {
  const bytes = gzipSync(await readFile(resolve(OUT, file)), { level: 9 }).length
  console.log(`${file.padEnd(20)} ${String(bytes).padStart(6)} bytes gz`)
  if (bytes > (LIMITS[file] ?? Infinity)) throw new Error(`${file} may weigh ${LIMITS[file]} bytes gz, not ${bytes}`)
}

await mkdir(OUT, { recursive: true })
await script('src/chat.ts', 'chat.js')
await Promise.all(LANGUAGES.map(texts))
await script('src/files/files.ts', 'files.js')
await script('src/contact/contact.ts', 'contact.js')
const parts = ['chat.js', 'files.js', 'contact.js', ...LANGUAGES.map((language) => `texts.${language}.js`)]
await script('src/launcher/launcher.ts', 'widget.js', { __VERSION__: JSON.stringify(await version(parts)) })
for (const file of ['widget.js', ...parts]) await weigh(file)
