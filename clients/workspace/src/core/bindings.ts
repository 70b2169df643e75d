/** The keys as this person has set them, for every screen at once. */

import { BINDINGS, merged, type Bindings, type Command } from './keys'
import { store, type Store } from './store'

const KEY = 'gw.keys'
type Own = Partial<Record<Command, string>>

export interface MyKeys {
  now: Store<Bindings>
  /** Gives a command another key; null gives it back its usual one. */
  bind(command: Command, binding: string | null): void
  /** All usual again. */
  reset(): void
  /** The account's keys take the place of this browser's; what changes from now on is told to `save`. */
  follow(account: Own, save: (own: Own) => void): void
}

/** The one place that knows where a person's keys are kept. */
export function createKeys(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): MyKeys {
  let own = kept(storage)
  let told: (own: Own) => void = () => undefined
  const now = store<Bindings>(merged(own))
  const keep = (next: Own) => {
    draw(next)
    told(next)
  }
  const draw = (next: Own) => {
    own = next
    if (Object.keys(own).length) storage.setItem(KEY, JSON.stringify(own))
    else storage.removeItem(KEY)
    now.set(merged(own))
  }
  return {
    now,
    bind: (command, binding) => {
      const { [command]: _, ...others } = own
      keep(binding === null || binding === BINDINGS[command] ? others : { ...others, [command]: binding })
    },
    reset: () => keep({}),
    follow: (account, save) => {
      told = save
      draw(account)
    },
  }
}

function kept(storage: Pick<Storage, 'getItem'>): Own {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? '{}')
    return value && typeof value === 'object' ? (value as Own) : {}
  } catch {
    return {}
  }
}

let keys: MyKeys | null = null

export const myKeys = () => (keys ??= createKeys(localStorage))
export const myBindings = () => myKeys().now.get()
