import style from 'virtual:rating-style'
import { judged, occasion, type Judged } from '../core/rating'
import type { Inside, Part } from '../view/part'

const STAR = 'M12 3.8l2.6 5.2 5.7.8-4.1 4 1 5.7-5.2-2.7-5.1 2.7 1-5.7-4.2-4 5.7-.8z'
const SCORES = [1, 2, 3, 4, 5]
const REASONS = ['slow', 'unclear', 'unsolved', 'impolite', 'other'] as const
/** From here on one is content, and owes no reason. */
const CONTENT = 4

let dressed = false

/** What the visitor thinks of how he was served: stars, a reason where it was not good, words; and what was said, to keep. */
export function rating({ chat, kit, format: { t, language }, desk, launched, dress }: Inside): Part {
  const { button, h, icon, set, write } = kit
  const marks = SCORES.map((score) => {
    const input = h('input', { type: 'radio', name: 'score', value: score, 'aria-label': t(`rating.${score}`), change: chosen })
    return [input, h('label', { title: t(`rating.${score}`) }, input, icon(STAR))] as const
  })
  const whys = REASONS.map((reason) => h('input', { type: 'radio', name: 'reason', value: reason }))
  const stars = h('fieldset', { class: 'stars' }, h('legend', {}, t('rating.legend')), ...marks.map(([, label]) => label))
  const reasons = h(
    'fieldset',
    { class: 'reasons' },
    h('legend', {}, t('rating.why')),
    ...whys.map((input) => h('label', {}, input, h('span', {}, t(`rating.why_${input.value}`)))),
  )
  const words = h('textarea', { rows: 2, maxlength: 2000, dir: 'auto' })
  const more = h('div', {}, reasons, h('label', {}, t('rating.words'), words), h('button', { class: 'strong' }, t('rating.send')))
  const problem = h('p', { class: 'problem', role: 'alert' })
  const form = h('form', { submit: (event: Event) => (event.preventDefault(), void submit()) }, stars, more, problem)
  const change = button('link', edit, t('rating.change'))
  const thanks = h('p', { role: 'status' })
  const keep = button('link', () => void download(), t('transcript.download'))
  const element = h('section', { class: 'card fields' }, h('h3', {}, t('rating.title')), form, thanks, h('p', {}, change, keep))
  let editing = false

  const score = () => marks.findIndex(([input]) => input.checked) + 1

  function draw() {
    const asked = occasion(chat.state)
    const known = asked && judged(chat.state, asked)
    form.hidden = !!known && !editing
    change.hidden = !form.hidden
    write(thanks, form.hidden && known ? t('rating.thanks', { score: known.score }) : '')
    for (const [i, [, label]] of marks.entries()) set(label, 'data-on', i < score())
    more.hidden = !score()
    reasons.hidden = score() >= CONTENT
  }

  function chosen() {
    draw()
    element.scrollIntoView({ block: 'end' })
  }

  function edit() {
    const asked = occasion(chat.state)
    const known: Judged | null | undefined = asked && judged(chat.state, asked)
    if (known) {
      for (const [input] of marks) input.checked = Number(input.value) === known.score
      for (const input of whys) input.checked = input.value === known.reason
      words.value = known.text ?? ''
    }
    editing = true
    draw()
    marks.find(([input]) => input.checked)?.[0].focus()
  }

  async function submit() {
    const reason = (score() < CONTENT && whys.find((input) => input.checked)?.value) || null
    write(problem, '')
    try {
      await desk.post('/rating', { score: score(), reason, text: words.value.trim() })
      editing = false
      launched.emit('rated', { score: score(), reason })
    } catch (error) {
      write(problem, (error as Error).message || t('contact.failed'))
    }
    draw()
  }

  async function download() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    try {
      const answer = await desk.ask(`/transcript?format=txt&language=${language}&tz=${encodeURIComponent(zone)}`)
      const url = URL.createObjectURL(await answer.blob())
      h('a', { href: url, download: 'conversation.txt' }).click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    } catch {
      write(problem, t('contact.failed'))
    }
  }

  if (!dressed) dress(style)
  dressed = true
  return { element, draw }
}

;(window.goodwordParts ??= {}).rating = rating as never
