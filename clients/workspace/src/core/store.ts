/** A value that can be watched. The whole state of `core/` that the screen shows lives in these. */

export interface Store<T> {
  get(): T
  set(next: T): void
  update(change: (value: T) => T): void
  /** Calls `listener` after each change; the answer ends it. */
  watch(listener: () => void): () => void
}

export function store<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  const set = (next: T) => {
    if (Object.is(next, value)) return
    value = next
    for (const listener of [...listeners]) listener()
  }
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    watch: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
