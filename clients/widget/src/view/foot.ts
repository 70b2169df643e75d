import { standing, type Conversation } from '../core/conversation'
import type { Composer } from './composer'
import { button, h, icon, ICONS, set, write } from './element'
import type { Part, Setting } from './part'

/** Below the time line: the way to a person, always in sight, and where one writes. */
export function foot({ chat, format: { t, duration } }: Setting, composer: Composer): Part {
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
    composer.element.hidden = closed && left !== now.id && outbox.length === 0
    ended.hidden = !composer.element.hidden
    composer.draw()
  }

  function placeOf(now: Conversation | null): string {
    if (!now || now.status === 'closed') return ''
    if (!now.queue) return now.handler === 'queue' ? t('head.queue') : ''
    const { position, estimate } = now.queue
    const text = position <= 1 ? t('queue.next') : t('queue.position', { position })
    return estimate === null ? text : `${text} · ${wait(estimate)}`
  }

  function wait(seconds: number): string {
    return seconds < 60 ? t('queue.soon') : t('queue.wait', { time: duration(seconds) })
  }

  function restart() {
    left = standing(chat.state)?.id
    draw()
    composer.focus()
  }

  return { element, draw }
}
