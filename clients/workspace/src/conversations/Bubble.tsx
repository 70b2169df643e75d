import { lazy, memo, Suspense, type ReactNode } from 'react'
import type { Mood as MoodName } from '@goodword/shared/events'
import { useDesk, useTexts } from '@/app/context'
import type { Delivery } from '@/core/conversation'
import type { Message } from '@/core/model'
import { clock } from '@/core/time'
import { Mood } from '@/ui/Mood'
import { Attachments } from './Attachments'
import css from './Bubble.module.css'
import { Words } from './Words'

const Cards = lazy(() => import('./Cards'))

interface Props {
  message: Message
  conversation: string
  seq: number
  first: boolean
  last: boolean
  delivery: { state: Delivery; reason?: string } | undefined
  mood: MoodName | undefined
  /** To whom it was whispered. */
  whisperedTo: string | null
  /** The message of the customer whose answer this is, when one may ask why. */
  about: string | null
  onWhy: (message: string) => void
}

/** A message in one of three voices: the customer's in serif, people's in sans, the assistant's on violet with a dotted edge. */
export const Bubble = memo(function Bubble({ message, conversation, seq, first, last, delivery, mood, whisperedTo, about, onWhy }: Props) {
  const { t } = useTexts()
  const desk = useDesk()
  const own = message.author.id === desk.me.id
  const voice = message.kind === 'note' || whisperedTo ? 'note' : message.author.kind
  const failed = delivery?.state === 'failed'
  const loud = mood && mood !== 'calm'
  return (
    <article className={`${css.bubble} ${css[voice]}`} data-first={first} data-last={last} data-failed={failed || undefined} data-whisper={whisperedTo ? '' : undefined}>
      {whisperedTo ? (
        <p className={css.label}>{own ? t('bubble.whisperedTo', { name: whisperedTo }) : t('bubble.whispered')}</p>
      ) : (
        message.kind === 'note' && first && <p className={css.label}>{t('bubble.note')}</p>
      )}
      {message.text && <Words message={message} />}
      <Attachments files={message.attachments} />
      {message.cards && message.cards.length > 0 && (
        <Suspense fallback={null}>
          <Cards cards={message.cards} />
        </Suspense>
      )}
      {message.choices.length > 0 && (
        <ul className={css.choices} aria-label={t('bubble.choices')}>
          {message.choices.map((choice) => (
            <li key={choice.id}>{choice.label}</li>
          ))}
        </ul>
      )}
      <Sources message={message} />
      {(last || about || failed || loud) && (
        <footer className={css.meta}>
          <span>{own ? t('bubble.you') : message.author.name}</span>
          <Moment at={message.at} conversation={conversation} seq={seq} />
          {delivery && <DeliveryWord {...delivery} />}
          {loud && (
            <span className={css.chip}>
              <Mood mood={mood} />
            </span>
          )}
          {about && (
            <button type="button" className={css.why} onClick={() => onWhy(about)}>
              {t('bubble.why')}
            </button>
          )}
        </footer>
      )}
    </article>
  )
})

/** When it was said; pressed, it is a link to this very message. */
function Moment({ at, conversation, seq }: { at: number; conversation: string; seq: number }): ReactNode {
  const { t, language } = useTexts()
  const desk = useDesk()
  const copy = () => {
    const url = new URL(`/workspace/inbox/all/${conversation}?at=${seq}`, location.href).href
    navigator.clipboard.writeText(url).then(() => desk.say({ key: 'done.copied' }), desk.complain)
  }
  return (
    <button type="button" className={css.moment} title={t('bubble.copyLink')} onClick={copy}>
      <time dateTime={new Date(at).toISOString()}>{clock(at, language)}</time>
      <span className="sr-only">{t('bubble.copyLink')}</span>
    </button>
  )
}

function Sources({ message }: { message: Message }) {
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

function DeliveryWord({ state, reason }: { state: Delivery; reason?: string }) {
  const { t } = useTexts()
  const trouble = state === 'failed' || state === 'retrying'
  return (
    <span className={trouble ? css.trouble : undefined}>
      {t(`delivery.${state}`)}
      {trouble && reason && ` (${reason})`}
    </span>
  )
}
