import { useEffect, useId, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { composing } from '@/core/keys'
import { fits, foundFirst } from '@/core/palette'
import { recentFirst, remember, remembered } from '@/core/recents'
import { keyName } from '@/ui/Key'
import { useTexts } from './context'
import css from './Palette.module.css'
import { useConversations, useFixed, useSearching, type Entry } from './paletteEntries'

const RECENT = 'gw.palette'
const MOST = 40

/** Go anywhere, do anything to what is selected or open, find any conversation: one box, and each line shows its key. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTexts()
  const id = useId()
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const [recent] = useState(() => remembered(localStorage, RECENT))
  const wanted = words.trim()
  const fixed = useFixed()
  const conversations = useConversations(wanted, recent)
  const searching = useSearching(wanted)
  const known = foundFirst(recentFirst([...conversations.recent, ...fixed], recent).filter((entry) => fits(entry.words, wanted)), wanted)
  const entries = [...conversations.numbered, ...known, ...conversations.found, ...searching].slice(0, MOST)
  const current = Math.min(at, entries.length - 1)

  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const choose = (entry: Entry | undefined) => {
    if (!entry) return
    if (!entry.passing) remember(localStorage, RECENT, entry.id, 6)
    onClose()
    // The layer gives its focus back first, so that the deed may take it.
    setTimeout(entry.act, 30)
  }
  const pressed = (event: React.KeyboardEvent) => {
    if (composing(event.nativeEvent)) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && entries.length) setAt((current + step + entries.length) % entries.length)
    else if (event.key === 'Enter') choose(entries[current])
    else return
    event.preventDefault()
  }

  return (
    <ModalOverlay className={css.overlay!} isOpen onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className={css.palette!}>
        <Dialog aria-label={t('palette.label')} className={css.dialog!}>
          <input
            autoFocus
            role="combobox"
            aria-expanded
            aria-controls={id}
            aria-activedescendant={entries.length ? `${id}-${current}` : undefined}
            aria-label={t('palette.hint')}
            placeholder={t('palette.hint')}
            value={words}
            onChange={(event) => {
              setWords(event.target.value)
              setAt(0)
            }}
            onKeyDown={pressed}
          />
          <ul role="listbox" id={id} aria-label={t('palette.label')}>
            {entries.map((entry, index) => (
              <li
                key={entry.id}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === current}
                onPointerMove={() => setAt(index)}
                onClick={() => choose(entry)}
              >
                <span>{entry.words}</span>
                {entry.detail && <small lang={entry.language}>{entry.detail}</small>}
                {entry.keys && <kbd>{keyName(entry.keys)}</kbd>}
              </li>
            ))}
          </ul>
          {entries.length === 0 && <p>{t('palette.nothing')}</p>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
