import { BINDINGS, shown, type Command } from '@/core/keys'
import { Sheet } from '@/ui/Sheet'
import { useTexts } from './context'
import css from './Shortcuts.module.css'

const GROUPS: Record<string, Command[]> = {
  list: ['next', 'previous', 'open', 'back', 'neediest', 'showNewer', 'search'],
  conversation: ['reply', 'note', 'done', 'snooze', 'assign', 'takeOver'],
  everywhere: ['palette', 'undo', 'help'],
}

const MAC = /Mac|iP(hone|ad)/.test(navigator.platform)

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
                <div key={command}>
                  <dt>{t(`key.${command}`)}</dt>
                  <dd>
                    <kbd>{shown(BINDINGS[command], MAC)}</kbd>
                  </dd>
                </div>
              ))}
              {group === 'conversation' && (
                <>
                  <div>
                    <dt>{t('key.send')}</dt>
                    <dd>
                      <kbd>{shown('mod+Enter', MAC)}</kbd>
                    </dd>
                  </div>
                  <div>
                    <dt>{t('key.canned')}</dt>
                    <dd>
                      <kbd>/</kbd>
                    </dd>
                  </div>
                </>
              )}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  )
}
