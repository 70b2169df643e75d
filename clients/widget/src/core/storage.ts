/**
 * What the widget remembers in the browser, under one prefix per channel.
 *
 * Falls back to memory where the page may not store (private windows, blocked cookies): then a reload forgets.
 */
export interface Storage {
  read<T>(key: string): T | null
  write(key: string, value: unknown): void
  /** Calls `heard` when another tab of the same site has written `key`. */
  watch(key: string, heard: () => void): () => void
}

export function browserStorage(channel: string): Storage {
  const prefix = `goodword.${channel}.`
  const area = usableArea() ?? memoryArea()
  return {
    read: (key) => parse(area.getItem(prefix + key)),
    write: (key, value) => {
      try {
        if (value === null) area.removeItem(prefix + key)
        else area.setItem(prefix + key, JSON.stringify(value))
      } catch {
        // A full disk must not stop a message from being sent.
      }
    },
    watch: (key, heard) => {
      const listener = (event: StorageEvent) => {
        if (event.key === prefix + key || event.key === null) heard()
      }
      addEventListener('storage', listener)
      return () => removeEventListener('storage', listener)
    },
  }
}

type Area = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>

function usableArea(): Area | null {
  try {
    localStorage.setItem('goodword', '1')
    localStorage.removeItem('goodword')
    return localStorage
  } catch {
    return null
  }
}

function memoryArea(): Area {
  const values = new Map<string, string>()
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  }
}

function parse<T>(text: string | null): T | null {
  try {
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}

/** A storage that lives as long as the object; for tests and for pages without one. */
export function memoryStorage(): Storage {
  const area = memoryArea()
  return {
    read: (key) => parse(area.getItem(key)),
    write: (key, value) => (value === null ? area.removeItem(key) : area.setItem(key, JSON.stringify(value))),
    watch: () => () => {},
  }
}
