import { useNavigate } from '@tanstack/react-router'
import { useDesk, useTexts } from '@/app/context'
import { query } from '@/core/api'
import { pieces } from '@/core/links'
import { lettered, parts } from '@/core/quotes'
import type { Message } from '@/core/model'
import css from './Bubble.module.css'

/** The words of a message: what it quotes is folded, what can be followed is a link. */
export function Words({ message }: { message: Pick<Message, 'text' | 'language' | 'kind' | 'mentions' | 'letter'> }) {
  const { t } = useTexts()
  const names = message.mentions?.map((one) => one.name) ?? []
  const found = message.letter ? lettered(message.text, message.letter.folded) : parts(message.text)
  return found.map((part, index) =>
    part.kind === 'quote' ? (
      // Where there is nothing else to read, it is read.
      <details key={index} className={css.quote} open={found.length === 1}>
        <summary title={t('bubble.quote')}>
          <span aria-hidden>•••</span>
          <span className="sr-only">{t('bubble.quote')}</span>
        </summary>
        <p className={css.text} lang={message.language ?? undefined} dir="auto">
          {part.text}
        </p>
      </details>
    ) : (
      part.text.trim() && (
        <p key={index} className={css.text} lang={message.language ?? undefined} dir="auto">
          {pieces(part.text.trim(), names).map((piece, at) => {
            if (piece.kind === 'url')
              return (
                <a key={at} href={piece.text} target="_blank" rel="noreferrer">
                  {piece.text}
                </a>
              )
            if (piece.kind === 'mention') return <b key={at}>{piece.text}</b>
            // Only colleagues mean our numbers by a number.
            if (piece.kind === 'conversation' && message.kind === 'note') return <ToConversation key={at} number={piece.number} />
            return piece.text
          })}
        </p>
      )
    ),
  )
}

/** Leads to a conversation of which only the number is known. */
export function ToConversation({ number, id }: { number: number; id?: string }) {
  const desk = useDesk()
  const navigate = useNavigate()
  const follow = async () => {
    const found = id ?? (await lookUp())
    if (found) await navigate({ to: '/inbox/$view/$id', params: { view: 'all', id: found } })
    else desk.say({ key: 'conversation.unknown', values: { number: `#${number}` } })
  }
  const lookUp = async () => {
    const known = [...desk.inbox.get().rows.values()].find((row) => row.number === number)
    if (known) return known.id
    const pages = await Promise.all(['all', 'closed'].map((view) => desk.page(`/conversations${query({ view, q: `#${number}`, limit: 5 })}`)))
    return pages.flatMap((page) => page.conversations).find((row) => row.number === number)?.id
  }
  return (
    <button type="button" className={css.link} onClick={() => void follow().catch(desk.complain)}>
      #{number}
    </button>
  )
}
