import { useId, useState } from 'react'
import { useDesk, useStore, useTexts } from '@/app/context'
import type { BulkDeed } from '@/core/bulk'
import { composing } from '@/core/keys'
import type { Row } from '@/core/model'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import css from './BulkBar.module.css'

/** One tag for all, or away from those that have it. */
export function TagMany({ rows, onAct, onDone }: { rows: readonly Row[]; onAct: (deed: BulkDeed) => void; onDone: () => void }) {
  const { t } = useTexts()
  const id = useId()
  const [word, setWord] = useState('')
  const known = [...new Set([...useStore(useDesk().inbox).rows.values()].flatMap((row) => row.tags))].sort()
  const theirs = [...new Set(rows.flatMap((row) => row.tags))].sort()
  const add = () => {
    const tag = word.trim().replace(/^#/, '')
    onDone()
    if (tag) onAct({ name: 'tag', add: [tag], remove: [] })
  }
  return (
    <div className={css.tags}>
      <div className={css.line}>
        <input
          autoFocus
          value={word}
          list={id}
          aria-label={t('tags.add')}
          placeholder={t('tags.add')}
          onChange={(event) => setWord(event.target.value)}
          onKeyDown={(event) => {
            if (composing(event.nativeEvent)) return
            if (event.key === 'Enter') add()
            if (event.key === 'Escape') onDone()
          }}
        />
        <datalist id={id}>
          {known.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        <Button onPress={add}>{t('bulk.deed.tag')}</Button>
      </div>
      {theirs.length > 0 && (
        <div className={css.line}>
          {theirs.slice(0, 6).map((tag) => (
            <Button key={tag} look="quiet" small aria-label={t('tags.remove', { tag })} onPress={() => onAct({ name: 'tag', add: [], remove: [tag] })}>
              #{tag} <Icon name="close" size={16} />
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
