// What a browser must fetch before the inbox shows, and what each later screen adds, gzipped.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const root = new URL(process.argv[2] ? `file://${process.argv[2]}/` : '../../src/goodword/web/static/workspace/', import.meta.url)
const text = (path) => readFileSync(new URL(path, root), 'utf8')
const size = (path) => gzipSync(text(path), { level: 9 }).length
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`

const html = text('index.html')
const first = [...html.matchAll(/(?:src|href)="\/workspace\/(assets\/[^"]+)"/g)].map((found) => found[1])
const all = readdirSync(new URL('assets/', root)).map((name) => `assets/${name}`)
const texts = Math.max(...all.filter((path) => path.includes('/workspace-')).map(size))
const sum = (paths) => paths.reduce((total, path) => total + size(path), 0)
const scripts = sum(first.filter((path) => path.endsWith('.js'))) + texts
const styles = sum(first.filter((path) => path.endsWith('.css')))
const lazy = all.filter((path) => !first.includes(path) && path.endsWith('.js') && !path.includes('/workspace-'))
const largest = lazy.map((path) => [size(path), path]).sort((a, b) => b[0] - a[0])[0]

console.log(`first load   ${kb(scripts)} scripts and texts (budget 200), ${kb(styles)} styles (budget 15)`)
console.log(`lazy         ${kb(sum(lazy))} in ${lazy.length} pieces, the largest ${kb(largest[0])} ${largest[1]} (budget 60)`)
if (scripts > 200 * 1024 || styles > 15 * 1024 || largest[0] > 60 * 1024) {
  console.error('over budget')
  process.exitCode = 1
}
