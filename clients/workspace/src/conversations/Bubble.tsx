import { memo, Suspense, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { Mood as MoodName } from '@goodword/shared/events'
import { part } from '@/app/part'
import { useDesk, useNow, useStore, useTexts } from '@/app/context'
import { isLost, type Delivery, type DeliveryState } from '@/core/delivery'
import type { Message } from '@/core/model'
import { isNewSubject } from '@/core/letters'
import { mayRemove } from '@/core/removing'
import { readers } from '@/core/names'
import { clock, moment } from '@/core/time'
import { Icon } from '@/ui/Icon'
import { Mood } from '@/ui/Mood'
import { Attachments } from './Attachments'
import css from './Bubble.module.css'
import { Words } from './Words'

const Cards = part(() => import('./Cards'))
const LetterFoot = part(() => import('./LetterFoot'))
const Lost = part(() => import('./Lost'))
const MessageMenu = part(() => import('./MessageMenu'))

interface Props {
  message: Message
  conversation: string
  /** What the whole conversation is about. */
  subject: string | null
  /** The channel is not one of letters: a letter in it is out of the ordinary. */
  byMail: boolean
  /** It can be passed on to somebody else. */
  passable: boolean
  seq: number
  first: boolean
  last: boolean
  delivery: Delivery | undefined
  mood: MoodName | undefined
  /** To whom it was whispered. */
  whisperedTo: string | null
  /** The message of the customer whose answer this is, when one may ask why. */
  about: string | null
  onWhy: (message: string) => void
}

/** A message in one of three voices: the customer's in serif, people's in sans, the assistant's on violet with a dotted edge. */
export const Bubble = memo(function Bubble({ message, conversation, subject, byMail, passable, seq, first, last, delivery, mood, whisperedTo, about, onWhy }: Props) {
  const { t } = useTexts()
  const desk = useDesk()
  const own = message.author.id === desk.me.id
  const voice = message.kind === 'note' || whisperedTo ? 'note' : message.author.kind
  const [again, sendAgain] = useState(0)
  const { letter } = message
  // Until the server says more, what is sent again is on its way.
  const shown = delivery?.at === again ? { state: 'queued' as const, at: again } : delivery
  const failed = shown && isLost(shown)
  const loud = mood && mood !== 'calm'
  const leaving = useStore(desk.removing).has(message.id)
  if (message.removed || leaving) return <Gone message={message} voice={voice} fate={delivery?.state} />
  return (
    <article className={`${css.bubble} ${css[voice]}`} data-first={first} data-last={last} data-failed={failed || undefined} data-aside={whisperedTo || letter?.forwards ? '' : undefined}>
      {whisperedTo ? (
        <p className={css.label}>{own ? t('bubble.whisperedTo', { name: whisperedTo }) : t('bubble.whispered')}</p>
      ) : (
        message.kind === 'note' && first && <p className={css.label}>{t('bubble.note')}</p>
      )}
      {letter?.forwards && <p className={css.label}>{t('bubble.forwarded', { name: readers(letter) })}</p>}
      {letter && isNewSubject(letter.subject, subject) && (
        <p className={css.label} dir="auto" lang={message.language ?? undefined}>
          {letter.subject}
        </p>
      )}
      {(message.text || letter) && <Words message={message} />}
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
      {shown && failed && (
        <Suspense fallback={null}>
          <Lost delivery={shown} message={message.id} conversation={conversation} onAgain={sendAgain} />
        </Suspense>
      )}
      {(last || about || shown?.state === 'retrying' || failed || loud || letter) && (
        <footer className={css.meta}>
          <span>{own ? t('bubble.you') : message.author.name}</span>
          {letter?.doubt && <span className={css.trouble}>{t('letter.doubted')}</span>}
          {letter?.automatic && <span>{t(`letter.automatic.${letter.automatic}`)}</span>}
          {letter && byMail && <span>{t('letter.byMail')}</span>}
          <Moment at={message.at} conversation={conversation} seq={seq} />
          {shown && <DeliveryWord delivery={shown} />}
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
      {letter && (
        <Suspense fallback={<div className={css.foot} />}>
          <LetterFoot letter={letter} message={message.id} language={message.language} passOnIn={passable ? conversation : null} />
        </Suspense>
      )}
      {!whisperedTo && <Menu message={message} conversation={conversation} hasLeft={delivery?.state === 'sent'} passable={passable && !letter && message.kind === 'message'} />}
    </article>
  )
})

/** A message of which it is only known that there was one. */
function Gone({ message, voice, fate }: { message: Message; voice: string; fate: DeliveryState | undefined }) {
  const { t, language } = useTexts()
  const desk = useDesk()
  const { by, at } = message.removed ?? { by: desk.me, at: null }
  const words = by.id === desk.me.id ? t('bubble.removedByYou') : t('bubble.removed', { name: by.name || t('bubble.desk') })
  return (
    <article className={`${css.bubble} ${css[voice]}`} data-first data-last data-removed>
      <p className={css.meta}>
        <span>{words}</span>
        {at && <time dateTime={new Date(at).toISOString()}>{clock(at, language)}</time>}
        {fate === 'withdrawn' && <span>{t('delivery.withdrawn')}</span>}
      </p>
      {fate === 'sent' && <p className={css.foot}>{t('bubble.removedLeft')}</p>}
    </article>
  )
}

/** There only for who may do something with it. */
function Menu({ message, conversation, hasLeft, passable }: { message: Message; conversation: string; hasLeft: boolean; passable: boolean }) {
  const { t } = useTexts()
  const desk = useDesk()
  const trigger = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<'keys' | 'pointer' | null>(null)
  const removable = mayRemove(message, desk.me, Date.now())
  if (!removable && !passable) return null
  // As a click it would be taken for that of a screen reader, whose place the menu leaves to it.
  const openByKeys = (event: KeyboardEvent) => {
    if (!['Enter', ' ', 'ArrowDown'].includes(event.key)) return
    event.preventDefault()
    setOpen('keys')
  }
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={css.more}
        aria-label={t('bubble.more')}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        onClick={(event) => setOpen(event.detail ? 'pointer' : 'keys')}
        onKeyDown={openByKeys}
      >
        <Icon name="more" size={16} />
      </button>
      {open && (
        <Suspense fallback={null}>
          <MessageMenu message={message} conversation={conversation} trigger={trigger} byKeys={open === 'keys'} {...{ hasLeft, passable, removable }} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  )
}

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

/** How far it has got; pressed, what the other side said of it, and when. Of what was lost its own lines tell more. */
function DeliveryWord({ delivery }: { delivery: Delivery }) {
  const { t, language } = useTexts()
  const [asking, ask] = useState(false)
  const { state, at, answer } = delivery
  const word = state === 'retrying' ? <Retrying {...delivery} /> : t(`delivery.${state}`)
  const look = state === 'retrying' || isLost(delivery) ? css.trouble : undefined
  if (!answer || isLost(delivery)) return <span className={look}>{word}</span>
  return (
    <>
      <button type="button" className={`${css.moment} ${look ?? ''}`} aria-expanded={asking} onClick={() => ask(!asking)}>
        {word}
      </button>
      {asking && (
        <q className={css.said}>
          {clock(at, language)} {answer}
        </q>
      )}
    </>
  )
}

function Retrying({ retryAt }: Pick<Delivery, 'retryAt'>) {
  const { t, language } = useTexts()
  const now = useNow()
  return retryAt && retryAt > now ? t('delivery.retryingAt', { time: moment(retryAt, now, language) }) : t('delivery.retrying')
}
