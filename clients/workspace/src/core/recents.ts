/** What a person chose lately, newest first: kept in this browser, a few only. */

export function remembered(storage: Pick<Storage, 'getItem'>, key: string): string[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? '[]')
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
  } catch {
    return []
  }
}

export const withNewest = (list: readonly string[], one: string, most: number): string[] =>
  [one, ...list.filter((other) => other !== one)].slice(0, most)

export function remember(storage: Pick<Storage, 'getItem' | 'setItem'>, key: string, one: string, most = 8): string[] {
  const list = withNewest(remembered(storage, key), one, most)
  storage.setItem(key, JSON.stringify(list))
  return list
}

/** Sorts what was chosen lately before the rest, which keeps its order. */
export function recentFirst<T extends { id: string }>(entries: readonly T[], recent: readonly string[]): T[] {
  const place = (one: T) => (recent.includes(one.id) ? recent.indexOf(one.id) : recent.length)
  return [...entries].sort((a, b) => place(a) - place(b))
}
