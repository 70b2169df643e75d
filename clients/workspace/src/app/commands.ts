/** Commands go to whoever listens last: an open conversation before the list, the list before the frame. */

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { myBindings } from '@/core/bindings'
import { commandFor, type Command } from '@/core/keys'
import { store } from '@/core/store'

type Handler = () => void | false

interface Listening {
  handler: Handler
  layer: number
}

const handlers = new Map<Command, Listening[]>()

/** Answers `false` when nobody had a use for the command. */
export function run(command: Command): boolean {
  const listening = [...(handlers.get(command) ?? [])].reverse().sort((a, b) => b.layer - a.layer)
  return listening.some(({ handler }) => handler() !== false)
}

/** Whether anybody listens to the command, so that a key may be offered. */
export const listens = (command: Command) => (handlers.get(command)?.length ?? 0) > 0

/** `layer` 1 goes before all others, whoever came last: what is selected before what is open. */
export function useCommand(command: Command, handler: Handler, layer = 0) {
  const latest = useEffectEvent(handler)
  useEffect(() => {
    const mine = { handler: () => latest(), layer }
    handlers.set(command, [...(handlers.get(command) ?? []), mine])
    return () => void handlers.set(command, (handlers.get(command) ?? []).filter((one) => one !== mine))
  }, [command, layer])
}

export function useGlobalKeys() {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const command = commandFor(event, isWriting(event.target), myBindings())
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
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button)$/.test(target.type)
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
}

const layerIsOpen = () => document.querySelector('[role=dialog], [role=menu]') !== null

export type SheetName = 'palette' | 'help' | null

const sheet = store<SheetName>(null)

export function useSheets(): [SheetName, (name: SheetName) => void] {
  return [useSyncExternalStore(sheet.watch, sheet.get), sheet.set]
}
