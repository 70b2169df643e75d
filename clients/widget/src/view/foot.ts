import { standing, type Conversation } from '../core/conversation'
import type { Composer } from './composer'
import { button, h, icon, ICONS, set, write } from './element'
import type { Part, Setting, View } from './part'

/** Below the time line: the way to a person, always in sight, and where one writes. */
export function foot({ chat, format: { t, duration } }: Setting, composer: Composer, view: () => View | undefined): Part {
  const ask = button('ask', chat.askForPerson, icon(ICONS.person), t('human.ask'))
  const place = h('p', { class: 'place', role: 'status' })
  const problem = h('p', { class: 'problem', role: 'alert' })
  const again = button('strong', restart, t('closed.again'))
  const ended = h('div', { class: 'closed' }, h('p', {}, t('closed.text')), again)
  const element = h('footer', {}, h('div', { class: 'human' }, ask, place, problem), composer.element, ended)
  /** The closed conversation after which the visitor wants to go on. */
  let left: string | undefined

  function draw() {
    const { outbox, unavailable } = chat.state
    const now = standing(chat.state)
    const wish = outbox.find((item) => item.deed === 'human')
    const closed = now?.status === 'closed'
    const text = wish?.refused === null ? t('human.asked') : placeOf(now)
    write(place, text)
    write(problem, wish && wish.refused !== null ? wish.refused || t('human.failed') : '')
    set(place, 'data-shown', !!text)
    ask.hidden = !!text || (now?.handler === 'agent' && !closed)
    element.hidden = unavailable !== null
    const over = closed && left !== now.id && outbox.length === 0
    composer.element.hidden = view() === 'form' || (over && view() === 'log')
    ended.hidden = !composer.element.hidden || view() === 'form'
    composer.draw()
  }

  function placeOf(now: Conversation | null): string {
    if (!now || now.status === 'closed') return ''
    if (!now.queue) return now.handler === 'queue' ? `${t('head.queue')}${byMail()}` : ''
    const { position, estimate, seldom } = now.queue
    const text = position <= 1 ? t('queue.next') : t('queue.position', { position })
    return `${text}${estimate === null ? '' : ` · ${wait(estimate, seldom)}`}${byMail()}`
  }

  /** Whoever can be reached by mail need not wait here. */
  function byMail(): string {
    const { config, customer } = chat.state
    return config?.by_mail && customer?.email ? ` · ${t('queue.by_mail', { email: customer.email })}` : ''
  }

  function wait(seconds: number, seldom: number | null): string {
    const known = { time: duration(seconds), seldom: duration(seldom ?? 0) }
    return t(seconds < 60 ? 'queue.soon' : seldom ? 'queue.usually' : 'queue.wait', known)
  }

  function restart() {
    left = standing(chat.state)?.id
    draw()
    composer.focus()
  }

  return { element, draw }
}
