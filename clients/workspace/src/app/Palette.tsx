import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useId, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { query } from '@/core/api'
import { BINDINGS, composing, shown, type Command } from '@/core/keys'
import { VIEWS } from '@/core/model'
import { nameOf } from '@/conversations/RowLine'
import { run } from './commands'
import { useDesk, useTexts } from './context'
import css from './Palette.module.css'

interface Entry {
  id: string
  words: string
  detail?: string | undefined
  keys?: string
  act: () => void
}

const DEEDS: Command[] = ['reply', 'note', 'done', 'snooze', 'assign', 'takeOver', 'neediest', 'showNewer', 'undo', 'help']
const MAC = /Mac|iP(hone|ad)/.test(navigator.platform)

/** Go anywhere, do anything to what is open, find any conversation: one box, and each line shows its key. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTexts()
  const id = useId()
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const fixed = useFixed()
  const conversations = useConversations(words.trim())
  const wanted = words.trim().toLocaleLowerCase()
  const entries = [...fixed.filter((entry) => entry.words.toLocaleLowerCase().includes(wanted)), ...conversations].slice(0, 14)
  const current = Math.min(at, entries.length - 1)

  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const choose = (entry: Entry | undefined) => {
    if (!entry) return
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
                {entry.detail && <small>{entry.detail}</small>}
                {entry.keys && <kbd>{entry.keys}</kbd>}
              </li>
            ))}
          </ul>
          {entries.length === 0 && <p>{t('palette.nothing')}</p>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function useFixed(): Entry[] {
  const { t } = useTexts()
  const navigate = useNavigate()
  const deeds = DEEDS.map((command) => ({
    id: command,
    words: t(`key.${command}`),
    keys: shown(BINDINGS[command], MAC),
    act: () => void run(command),
  }))
  const views = VIEWS.map((view) => ({
    id: `view-${view}`,
    words: t('palette.go', { place: t(`view.${view}`) }),
    act: () => void navigate({ to: '/inbox/$view', params: { view } }),
  }))
  const place = (id: string, name: string, act: () => void) => ({ id, words: t('palette.go', { place: name }), act })
  return [
    ...(location.pathname.includes('/cnv_') ? deeds : deeds.slice(6)),
    ...views,
    place('knowledge', t('rail.knowledge'), () => void navigate({ to: '/knowledge' })),
    place('team', t('rail.team'), () => void navigate({ to: '/team' })),
    place('settings', t('rail.settings'), () => void navigate({ to: '/settings/$section', params: { section: 'me' } })),
  ]
}

function useConversations(words: string): Entry[] {
  const desk = useDesk()
  const { t } = useTexts()
  const navigate = useNavigate()
  const q = useDeferredValue(words)
  const found = useQuery({
    queryKey: ['inbox', 'palette', q],
    queryFn: ({ signal }) => desk.page(`/conversations${query({ view: 'all', q, limit: 6 })}`, signal),
    enabled: q.length > 1,
    placeholderData: (old) => old,
    staleTime: 10_000,
  })
  if (q.length < 2) return []
  return (found.data?.conversations ?? []).map((row) => ({
    id: row.id,
    words: nameOf(row, t('customer.anonymous')),
    detail: row.preview?.text,
    act: () => void navigate({ to: '/inbox/$view/$id', params: { view: 'all', id: row.id } }),
  }))
}
