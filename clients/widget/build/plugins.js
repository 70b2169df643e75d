import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transform } from 'lightningcss'

const here = dirname(fileURLToPath(import.meta.url))
export const WIDGET = resolve(here, '..')
export const TEXTS = resolve(WIDGET, '../../src/goodword/texts')
export const LANGUAGES = ['en', 'fr', 'ko', 'zh-Hans', 'zh-Hant']

/** The catalogue of one language. */
export async function catalogue(language) {
  return JSON.parse(await readFile(resolve(TEXTS, language, 'widget.json'), 'utf8'))
}

/** The one text the launcher needs before anything may be fetched, by language. */
async function launcherTexts() {
  const pairs = LANGUAGES.map(async (language) => [language, (await catalogue(language))['launcher.open']])
  return Object.fromEntries(await Promise.all(pairs))
}

/** The design's colours, of which only those that `css` uses, for a frame inside a shadow root; the accent is the
 * company's own and comes by script. */
async function colours(css) {
  const tokens = await readFile(resolve(WIDGET, '../shared/src/tokens.css'), 'utf8')
  return tokens
    .replace(':root, [data-theme=light]', '.frame')
    .replace('[data-theme=dark]', '.frame[data-theme=dark]')
    .replace(/ *(--[\w-]+):[^;]+;\n/g, (line, name) => (css.includes(`var(${name})`) && !name.startsWith('--accent') ? line : ''))
}

const minified = async (...files) => small(await read(...files))

/** For what stands in the frame by itself. */
async function withColours(file) {
  const css = await read(file)
  return small((await colours(css)) + css)
}

const read = async (...files) => (await Promise.all(files.map((file) => readFile(resolve(WIDGET, 'src', file), 'utf8')))).join('')
const small = (css) => transform({ filename: 'part.css', code: Buffer.from(css), minify: true }).code.toString()

const FIELDS = 'view/fields.css'

const VIRTUAL = {
  'virtual:launcher-texts': launcherTexts,
  'virtual:launcher-style': () => minified('launcher/launcher.css'),
  'virtual:chat-style': () => withColours('view/style.css'),
  'virtual:greet-style': () => withColours('greet/greet.css'),
  'virtual:files-style': () => minified('files/files.css'),
  'virtual:media-style': () => minified('media/media.css'),
  'virtual:contact-style': () => minified(FIELDS),
  'virtual:forms-style': () => minified(FIELDS, 'forms/forms.css'),
  'virtual:home-style': () => minified(FIELDS, 'home/home.css'),
  'virtual:rating-style': () => minified(FIELDS, 'rating/rating.css'),
}

/** Lets the sources import what is made at build time: styles and the launcher's texts. */
export function madeAtBuild() {
  return {
    name: 'goodword-made-at-build',
    resolveId: (id) => (id in VIRTUAL ? `\0${id}` : null),
    load: async (id) => {
      const make = VIRTUAL[id.slice(1)]
      return id.startsWith('\0') && make ? `export default ${JSON.stringify(await make())}` : null
    },
  }
}
