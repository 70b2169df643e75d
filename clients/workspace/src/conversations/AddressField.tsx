import { useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Button, Tag, TagGroup, TagList } from 'react-aria-components'
import type { Party } from '@goodword/shared/events'
import { useWords } from '@/channels/words'
import { faultOf, isAddress, partiesIn, separates } from '@/core/addresses'
import { composing, sends } from '@/core/keys'
import { named } from '@/core/recipients'
import { useFound } from '@/customers/found'
import { Icon } from '@/ui/Icon'
import css from './AddressField.module.css'
import picker from './Picker.module.css'

interface Props {
  label: string
  parties: readonly Party[]
  /** Of the mailbox itself, which gets no letters from itself. */
  isOwn: (address: string) => boolean
  onAdd: (parties: Party[]) => void
  onDrop: (address: string) => void
  /** Offered before anybody else. */
  known?: readonly Party[]
  autoFocus?: boolean
  /** Where what is offered is drawn. */
  offers: 'above' | 'below'
}

const MOST = 6

/** Those to whom a letter goes, one chip each; typed, pasted, or chosen among the customers. */
export function AddressField({ label, parties, isOwn, onAdd, onDrop, known = [], autoFocus, offers }: Props) {
  const { t } = useWords()
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [moved, move] = useState<number | null>(null)
  const [shut, shutUp] = useState(false)
  const options = useOffered(text, known, parties, shut)
  // A whole address is meant as it stands; of a name the first that is found.
  const at = Math.min(moved ?? (isAddress(text.trim()) ? -1 : 0), options.length - 1)
  const marked = options[at]

  useEffect(() => {
    if (autoFocus) box.current?.focus()
  }, [])

  const write = (next: string) => {
    setText(next)
    move(null)
    shutUp(false)
  }
  const add = (found: readonly Party[]) => {
    write('')
    if (found.length) onAdd(found.map((party) => options.find((one) => !party.name && sameAddress(one, party)) ?? party))
  }
  const take = () => add(marked ? [marked] : partiesIn(text))

  const pressed = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (composing(event.nativeEvent)) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (sends(event.nativeEvent)) {
      const { form } = event.currentTarget
      flushSync(take)
      form?.requestSubmit()
    } else if (step && options.length) move((at + step + options.length) % options.length)
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey && text.trim())) take()
    else if (event.key === 'Escape' && options.length) shutUp(true)
    else if (event.key === 'Backspace' && !text && parties.length) onDrop(parties.at(-1)!.address)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={css.row}>
      <label htmlFor={id} id={`${id}-label`}>
        {label}
      </label>
      <div className={css.parties}>
        {parties.length > 0 && (
          <TagGroup aria-labelledby={`${id}-label`} className={css.group!} onRemove={(gone) => gone.forEach((address) => onDrop(String(address)))}>
            <TagList className={css.group!}>
              {parties.map((party) => (
                <Chip key={party.address} party={party} fault={faultOf(party, isOwn)} />
              ))}
            </TagList>
          </TagGroup>
        )}
        <input
          ref={box}
          id={id}
          role="combobox"
          type="text"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          dir="auto"
          aria-expanded={options.length > 0}
          aria-controls={options.length ? `${id}-offers` : undefined}
          aria-activedescendant={marked ? `${id}-${at}` : undefined}
          value={text}
          onChange={({ target: { value } }) => (separates(value) ? add(partiesIn(value)) : write(value))}
          onKeyDown={pressed}
          onPaste={(event) => {
            const pasted = text + event.clipboardData.getData('text')
            if (!separates(pasted) && !isAddress(pasted.trim())) return
            event.preventDefault()
            add(partiesIn(pasted))
          }}
          // Another window in front is no leaving.
          onBlur={() => document.activeElement !== box.current && add(partiesIn(text))}
        />
      </div>
      {options.length > 0 && (
        <div className={picker.picker} data-offers={offers}>
          <ul role="listbox" id={`${id}-offers`} aria-label={t('letter.offers')}>
            {options.map((party, index) => (
              <li
                key={party.address}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                onPointerMove={() => move(index)}
                onMouseDown={(event) => {
                  event.preventDefault()
                  add([party])
                }}
              >
                <b>{party.name || party.address}</b>
                <span>{party.name && party.address}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** An address that can't be one says so in words. */
function Chip({ party, fault }: { party: Party; fault: 'none' | 'own' | null }) {
  const { t } = useWords()
  const words = fault && t(`letter.fault.${fault}`)
  return (
    <Tag id={party.address} className={css.chip!} textValue={words ? `${named(party)}: ${words}` : named(party)} data-fault={fault ?? undefined}>
      <bdi title={party.address}>{party.name || party.address}</bdi>
      {words && <em>{words}</em>}
      <Button slot="remove">
        <Icon name="close" size={16} />
      </Button>
    </Tag>
  )
}

const sameAddress = (one: Party, other: Party) => one.address.toLowerCase() === other.address.toLowerCase()

/** Whom the conversation names first, then the customers whom the server finds. */
function useOffered(text: string, known: readonly Party[], taken: readonly Party[], shut: boolean): Party[] {
  const word = text.trim()
  const q = useDeferredValue(word)
  const found = useFound(shut ? '' : q).data ?? []
  if (!word || shut) return []
  const wanted = word.toLocaleLowerCase()
  const near = known.filter(({ name, address }) => name.toLocaleLowerCase().includes(wanted) || address.toLowerCase().includes(wanted))
  const customers = word.length > 1 ? found.flatMap(({ name, email }) => (email ? [{ name, address: email }] : [])) : []
  const all = [...near, ...customers].filter((party) => !taken.some((one) => sameAddress(one, party)))
  return all.filter((party, index) => all.findIndex((one) => sameAddress(one, party)) === index).slice(0, MOST)
}
