import { lazy, type ComponentType } from 'react'

/** A piece of the screen that is fetched when it is first needed; while the desk can't be reached it waits for it. */
export const part = <T extends ComponentType<any>>(load: () => Promise<{ default: T }>) => lazy(() => patiently(load))

/** Asks for a piece ahead of time; where that fails it is asked for again when it is needed. */
export const ahead = (load: () => Promise<unknown>) => void load().catch(() => undefined)

async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load()
    } catch {
      await new Promise((go) => setTimeout(go, 1000))
    }
  }
}
