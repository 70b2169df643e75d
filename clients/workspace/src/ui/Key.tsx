import { useStore } from '@/app/context'
import { myKeys } from '@/core/bindings'
import { shown, type Command } from '@/core/keys'

const MAC = /Mac|iP(hone|ad)/.test(navigator.platform)

/** A binding as it stands on this person's keyboard. */
export const keyName = (binding: string) => shown(binding, MAC)

/** The key of a command, as this person has set it. Decoration: what it does stands beside it. */
export function Key({ of }: { of: Command }) {
  return <kbd aria-hidden>{keyName(useStore(myKeys().now)[of])}</kbd>
}
