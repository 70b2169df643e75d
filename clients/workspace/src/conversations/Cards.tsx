import type { Card } from '@goodword/shared/events'
import settings from '@/staff/Settings.module.css'
import css from './Bubble.module.css'

/** What the customer was given to look at and to choose from. */
export default function Cards({ cards }: { cards: readonly Card[] }) {
  return (
    <ul className={settings.list}>
      {cards.map((card, index) => (
        <li key={index} className={settings.card}>
          {card.image && <img src={card.image} alt="" loading="lazy" />}
          <b>{card.url ? <a href={card.url} target="_blank" rel="noreferrer">{card.title}</a> : card.title}</b>
          {card.text && <span>{card.text}</span>}
          {card.buttons.length > 0 && (
            <ul className={css.choices}>
              {card.buttons.map((button) => (
                <li key={button.id}>{button.label}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}
