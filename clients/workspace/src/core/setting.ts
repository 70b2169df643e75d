/** A channel's settings as a form writes them: every value a string, a list one entry a line. */

import type { ChannelSetting } from './model'

export function written(setting: ChannelSetting, value: unknown): string {
  const known = value ?? setting.default
  // Nobody is shown a secret: the field is empty, and left so keeps it.
  if (setting.type === 'secret') return ''
  if (isStructured(setting)) return JSON.stringify(setting.type === 'translated' ? byLanguage(known) : known || [])
  if (Array.isArray(known)) return known.join('\n')
  if (typeof known === 'boolean') return known ? 'yes' : ''
  return known === null || known === undefined ? '' : String(known)
}

/** Settings of more than one value travel through the form as JSON; `Structured.tsx` edits them. */
export const isStructured = ({ type }: ChannelSetting) => ['translated', 'languages', 'questions', 'greetings'].includes(type)

/** A text that was given once is meant for whoever has none of his own: that is what English is to us. */
function byLanguage(value: unknown): Record<string, string> {
  if (typeof value === 'string') return value ? { en: value } : {}
  return (value ?? {}) as Record<string, string>
}

/** What the server is told. An empty number is left to the server's default, as is an empty colour. */
export function meant(setting: ChannelSetting, text: string): unknown {
  if (isStructured(setting)) return JSON.parse(text)
  switch (setting.type) {
    case 'list':
      return text.split('\n').map((line) => line.trim()).filter(Boolean)
    case 'boolean':
      return text !== ''
    case 'number':
      return text.trim() ? Number(text) : setting.default
    case 'secret':
      return text || null
    case 'color':
      return text.trim() || setting.default
    default:
      return text.trim()
  }
}
