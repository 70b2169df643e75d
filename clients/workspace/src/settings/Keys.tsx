import { useState, type KeyboardEvent } from 'react'
import { GROUPS } from '@/app/Shortcuts'
import { useDesk, useStore, useTexts } from '@/app/context'
import { myKeys } from '@/core/bindings'
import { BINDINGS, bindingOf, reserved, takenBy, type Command } from '@/core/keys'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { keyName } from '@/ui/Key'
import own from './Keys.module.css'

/** Every command with its key. A key is changed by pressing another; each change counts at once. */
export function Keys() {
  const { t } = useTexts()
  const desk = useDesk()
  const keys = myKeys()
  const bindings = useStore(keys.now)
  const changed = (Object.keys(BINDINGS) as Command[]).some((command) => bindings[command] !== BINDINGS[command])
  const reset = () => {
    const before = keys.now.get()
    keys.reset()
    const back = () => (Object.keys(before) as Command[]).forEach((command) => keys.bind(command, before[command]))
    desk.say({ key: 'keys.wereReset' }, { undo: back })
  }
  return (
    <section className={own.keys}>
      <div className={css.line}>
        <p className={css.soft}>{t('keys.what')}</p>
        {changed && <Button onPress={reset}>{t('keys.reset')}</Button>}
      </div>
      {Object.entries(GROUPS).map(([group, commands]) => (
        <table key={group}>
          <caption>{t(`help.${group}`)}</caption>
          <tbody>
            {commands.map((command) => (
              <Line key={command} command={command} />
            ))}
          </tbody>
        </table>
      ))}
    </section>
  )
}

function Line({ command }: { command: Command }) {
  const { t } = useTexts()
  const desk = useDesk()
  const keys = myKeys()
  const bindings = useStore(keys.now)
  const [asking, ask] = useState(false)
  const [problem, tell] = useState<string | null>(null)
  const bind = (binding: string | null) => {
    const before = bindings[command]
    keys.bind(command, binding)
    ask(false)
    tell(null)
    desk.say({ key: 'keys.changed', values: { command: t(`key.${command}`), key: keyName(binding ?? BINDINGS[command]) } }, { undo: () => keys.bind(command, before) })
  }
  const pressed = (event: KeyboardEvent) => {
    if (!asking || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape' && command !== 'back') return stop()
    const binding = bindingOf(event.nativeEvent)
    if (!binding) return
    const other = takenBy(bindings, binding, command)
    if (reserved(binding, command)) tell(t('keys.reserved', { key: keyName(binding) }))
    else if (other) tell(t('keys.taken', { key: keyName(binding), command: t(`key.${other}`) }))
    else bind(binding)
  }
  const stop = () => {
    ask(false)
    tell(null)
  }
  const name = t(`key.${command}`)
  return (
    <tr>
      <th scope="row">
        {name}
        <span role="alert">{problem}</span>
      </th>
      <td>
        <button
          type="button"
          className={own.key}
          aria-label={t('keys.change', { command: name, key: keyName(bindings[command]) })}
          aria-pressed={asking}
          onClick={() => ask(true)}
          onKeyDown={pressed}
          onBlur={stop}
        >
          {asking ? t('keys.press') : <kbd>{keyName(bindings[command])}</kbd>}
        </button>
      </td>
      <td>
        {bindings[command] !== BINDINGS[command] && !takenBy(bindings, BINDINGS[command], command) && (
          <Button small look="quiet" onPress={() => bind(null)} aria-label={t('keys.resetOf', { command: name })}>
            {t('keys.usual', { key: keyName(BINDINGS[command]) })}
          </Button>
        )}
      </td>
    </tr>
  )
}
