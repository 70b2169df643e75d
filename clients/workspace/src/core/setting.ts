/** A channel's settings as a form writes them: every value a string, a list one entry a line. */

import type { ChannelSetting } from './model'

export function written(setting: ChannelSetting, value: unknown): string {
  const known = value ?? setting.default
  if (Array.isArray(known)) return known.join('\n')
  if (typeof known === 'boolean') return known ? 'yes' : ''
  return known === null || known === undefined ? '' : String(known)
}

/** What the server is told. An empty number is left to the server's default, as is an empty colour. */
export function meant(setting: ChannelSetting, text: string): unknown {
  switch (setting.type) {
    case 'list':
      return text.split('\n').map((line) => line.trim()).filter(Boolean)
    case 'boolean':
      return text !== ''
    case 'number':
      return text.trim() ? Number(text) : setting.default
    case 'color':
      return text.trim() || setting.default
    default:
      return text.trim()
  }
}
