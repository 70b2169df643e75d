import type { Section } from './sections'

/** The rooms whose title, or the words they are searched by, hold all that was typed. */
export function found(sections: readonly Section[], typed: string, t: (key: string) => string): Section[] {
  const wanted = folded(typed).split(/\s+/).filter(Boolean)
  return sections.filter(({ id, group }) => {
    const words = `settings.${id}.words`
    const said = folded([t(`settings.${id}`), t(words) === words ? '' : t(words), t(`settings.group.${group}`)].join(' '))
    return wanted.every((word) => said.includes(word))
  })
}

/** Without case and accents: `securite` finds Sécurité. Composed again, so that Hangul stays syllables. */
const folded = (text: string) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').toLocaleLowerCase()
