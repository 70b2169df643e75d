import { useDesk, useTexts } from '@/app/context'
import type { Reading } from '@/core/conversation'
import { clock } from '@/core/time'
import type { Item } from '@/core/timeline'
import { Mood } from '@/ui/Mood'
import { Attachments } from './Attachments'
import css from './Bubble.module.css'

interface Props {
  item: Extract<Item, { kind: 'message' }>
  reading: Reading
  onWhy: (() => void) | null
}

/** A message in one of three voices: the customer's in serif, people's in sans, the assistant's on violet with a dotted edge. */
export function Bubble({ item, reading, onWhy }: Props) {
  const { t, language } = useTexts()
  const desk = useDesk()
  const { message, first, last } = item
  const voice = message.kind === 'note' ? 'note' : message.author.kind
  const mood = reading.moods.get(message.id)
  const failed = reading.delivery.get(message.id)?.state === 'failed'
  const author = message.author.id === desk.me.id ? t('bubble.you') : message.author.name
  return (
    <article className={`${css.bubble} ${css[voice]}`} data-first={first} data-last={last} data-failed={failed || undefined}>
      {message.kind === 'note' && first && <p className={css.label}>{t('bubble.note')}</p>}
      {message.text && (
        <p className={css.text} lang={message.language ?? undefined} dir="auto">
          {message.text}
        </p>
      )}
      <Attachments files={message.attachments} />
      {message.choices.length > 0 && (
        <ul className={css.choices} aria-label={t('bubble.choices')}>
          {message.choices.map((choice) => (
            <li key={choice.id}>{choice.label}</li>
          ))}
        </ul>
      )}
      <Sources message={message} />
      {(last || onWhy || failed || (mood && mood !== 'calm')) && (
        <footer className={css.meta}>
          <span>{author}</span>
          <time dateTime={new Date(message.at).toISOString()}>{clock(message.at, language)}</time>
          <DeliveryWord id={message.id} reading={reading} />
          {mood && mood !== 'calm' && (
            <span className={css.chip}>
              <Mood mood={mood} />
            </span>
          )}
          {onWhy && (
            <button type="button" className={css.why} onClick={onWhy}>
              {t('bubble.why')}
            </button>
          )}
        </footer>
      )}
    </article>
  )
}

function Sources({ message }: Pick<Props['item'], 'message'>) {
  const { t } = useTexts()
  if (!message.sources.length) return null
  return (
    <ol className={css.sources} aria-label={t('bubble.sources')}>
      {message.sources.map((source, index) => (
        <li key={source.article_id + source.heading}>
          <a href={source.url} target="_blank" rel="noreferrer">
            <b>{index + 1}</b> {source.title}
            {source.heading && source.heading !== source.title && <span> · {source.heading}</span>}
          </a>
        </li>
      ))}
    </ol>
  )
}

function DeliveryWord({ id, reading }: { id: string; reading: Reading }) {
  const { t } = useTexts()
  const delivery = reading.delivery.get(id)
  if (!delivery) return null
  const trouble = delivery.state === 'failed' || delivery.state === 'retrying'
  return (
    <span className={trouble ? css.trouble : undefined}>
      {t(`delivery.${delivery.state}`)}
      {trouble && delivery.reason && ` (${delivery.reason})`}
    </span>
  )
}
