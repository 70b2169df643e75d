import { Link } from '@tanstack/react-router'
import type { Command } from '@/core/keys'
import { Key, keyName } from '@/ui/Key'
import { Sheet } from '@/ui/Sheet'
import { listens } from './commands'
import { useTexts } from './context'
import css from './Shortcuts.module.css'

/** Where each command belongs; every command stands in one group. */
export const GROUPS: Record<string, Command[]> = {
  list: ['next', 'previous', 'open', 'back', 'neediest', 'showNewer', 'search'],
  selection: ['select', 'selectNext', 'selectPrevious', 'selectAll'],
  conversation: ['reply', 'note', 'done', 'snooze', 'assign', 'takeOver', 'priority', 'macros', 'recipients', 'forward', 'markRead', 'markUnread', 'spam'],
  everywhere: ['newConversation', 'palette', 'undo', 'help'],
}

/** What the keys do. Those that do nothing on this screen are faded. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('help.title')} onClose={onClose} wide>
      <div className={css.groups}>
        {Object.entries(GROUPS).map(([group, commands]) => (
          <section key={group}>
            <h3>{t(`help.${group}`)}</h3>
            <dl>
              {commands.map((command) => (
                <div key={command} data-idle={!listens(command)}>
                  <dt>{t(`key.${command}`)}</dt>
                  <dd>
                    <Key of={command} />
                  </dd>
                </div>
              ))}
              {group === 'conversation' &&
                [
                  ['send', keyName('mod+Enter')],
                  ['canned', '/'],
                ].map(([name, key]) => (
                  <div key={name}>
                    <dt>{t(`key.${name}`)}</dt>
                    <dd>
                      <kbd>{key}</kbd>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <Link to="/settings/$section" params={{ section: 'keys' }} onClick={onClose}>
        {t('help.change')}
      </Link>
    </Sheet>
  )
}
