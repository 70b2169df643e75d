import type { Mood as MoodName } from '@goodword/shared/events'
import { useTexts } from '@/app/context'
import css from './Mood.module.css'

const LEVELS: Record<MoodName, number> = { calm: 1, displeased: 2, angry: 3, very_upset: 4 }

/** One to four bars. A mood that must be seen has a word and a tint too; the calm ones are bars alone. */
export function Mood({ mood }: { mood: MoodName }) {
  const { t } = useTexts()
  const level = LEVELS[mood]
  const loud = level >= 3
  return (
    <span className={`${css.mood} ${css[`e${level}`]} ${loud ? css.loud : ''}`}>
      <span className={css.bars} role="img" aria-label={loud ? '' : t(`mood.${mood}`)} aria-hidden={loud}>
        {[1, 2, 3, 4].map((bar) => (
          <i key={bar} data-on={bar <= level} />
        ))}
      </span>
      {loud && t(`mood.${mood}`)}
    </span>
  )
}
