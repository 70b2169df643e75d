import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { composing } from '@/core/keys'
import type { Row } from '@/core/model'
import { Icon } from '@/ui/Icon'
import css from './Tags.module.css'

export function Tags({ row }: { row: Row }) {
  const { t } = useTexts()
  const desk = useDesk()
  const [word, setWord] = useState('')
  const add = () => {
    const tag = word.trim().replace(/^#/, '')
    setWord('')
    if (tag && !row.tags.includes(tag)) void desk.act(row.id, { name: 'tag', add: [tag], remove: [] }, true)
  }
  return (
    <ul className={css.tags}>
      {row.tags.map((tag) => (
        <li key={tag}>
          <Link to="/inbox/$view" params={{ view: 'all' }} search={{ tag }}>
            {tag}
          </Link>
          <button type="button" aria-label={t('tags.remove', { tag })} onClick={() => void desk.act(row.id, { name: 'tag', add: [], remove: [tag] }, true)}>
            <Icon name="close" size={16} />
          </button>
        </li>
      ))}
      <li className={css.add}>
        <input
          value={word}
          aria-label={t('tags.add')}
          placeholder={t('tags.add')}
          onChange={(event) => setWord(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !composing(event.nativeEvent)) add()
          }}
        />
      </li>
    </ul>
  )
}
