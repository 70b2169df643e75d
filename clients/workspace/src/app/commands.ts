/** Commands go to whoever listens last: an open conversation before the list, the list before the frame. */

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { commandFor, type Command } from '@/core/keys'
import { store } from '@/core/store'

type Handler = () => void | false

const handlers = new Map<Command, Handler[]>()

/** Answers `false` when nobody had a use for the command. */
export function run(command: Command): boolean {
  for (const handler of [...(handlers.get(command) ?? [])].reverse()) {
    if (handler() !== false) return true
  }
  return false
}

export function useCommand(command: Command, handler: Handler) {
  const latest = useEffectEvent(handler)
  useEffect(() => {
    const mine = () => latest()
    handlers.set(command, [...(handlers.get(command) ?? []), mine])
    return () => void handlers.set(command, (handlers.get(command) ?? []).filter((one) => one !== mine))
  }, [command])
}

export function useGlobalKeys() {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const command = commandFor(event, isWriting(event.target))
      if (!command || (layerIsOpen() && command !== 'palette')) return
      if (command === 'open' && event.target instanceof Element && event.target.closest('button, a, [role=option]')) return
      if (run(command)) event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

const layerIsOpen = () => document.querySelector('[role=dialog], [role=menu]') !== null

export type SheetName = 'palette' | 'help' | null

const sheet = store<SheetName>(null)

export function useSheets(): [SheetName, (name: SheetName) => void] {
  return [useSyncExternalStore(sheet.watch, sheet.get), sheet.set]
}
