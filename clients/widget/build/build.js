/** Builds the launcher, the chat, its later parts and the texts of each language into the server's static files, and says what they weigh. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { catalogue, LANGUAGES, madeAtBuild, WIDGET } from './plugins.js'

const OUT = process.env.GOODWORD_WIDGET_OUT ?? resolve(WIDGET, '../../src/goodword/web/static/widget')
const LATER = ['home', 'files', 'contact', 'forms', 'rating', 'media', 'greet']
const LIMITS = {
  'widget.js': 3 * 1024,
  'panel.js': 15 * 1024,
  ...Object.fromEntries(LATER.map((part) => [`${part}.js`, 4 * 1024])),
  ...Object.fromEntries(LANGUAGES.map((language) => [`texts.${language}.js`, 3 * 1024])),
}

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
  const code = `(self.goodwordParts??={}).texts=${JSON.stringify(await catalogue(language))}\n`
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
await script('src/panel.ts', 'panel.js')
await Promise.all(LANGUAGES.map(texts))
for (const part of LATER) await script(`src/${part}/${part}.ts`, `${part}.js`)
const parts = ['panel', ...LATER, ...LANGUAGES.map((language) => `texts.${language}`)].map((part) => `${part}.js`)
await script('src/launcher/launcher.ts', 'widget.js', { __VERSION__: JSON.stringify(await version(parts)) })
for (const file of ['widget.js', ...parts]) await weigh(file)
