/** Light, dark, or as the system is; and how close together things stand. */

import type { Preferences, Theme } from '@/core/model'

const KEY = 'gw.theme'
const system = matchMedia('(prefers-color-scheme: dark)')
let chosen: Theme = 'auto'

export function rememberedTheme(): Theme {
  const kept = localStorage.getItem(KEY)
  return kept === 'light' || kept === 'dark' ? kept : 'auto'
}

export function applyTheme(theme: Theme) {
  chosen = theme
  localStorage.setItem(KEY, theme)
  const dark = theme === 'dark' || (theme === 'auto' && system.matches)
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
}

export const isDark = () => document.documentElement.dataset['theme'] === 'dark'

system.addEventListener('change', () => applyTheme(chosen))

export function applyDensity(density: string) {
  document.documentElement.dataset['density'] = density
}

/** What the styles need to know of somebody's preferences. */
export function applyPreferences({ text_size = 'normal', contrast = 'auto', motion = 'auto', focus = false }: Partial<Preferences>) {
  Object.assign(document.documentElement.dataset, { text: text_size, contrast, motion, focus })
}
