import style from 'virtual:contact-style'
import { standing } from '../core/conversation'
import type { Inside, Part } from '../view/part'

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

let dressed = false

/** Nobody is there: where may we answer? */
export function contact({ chat, dress, kit: { button, h, write }, format: { t, duration } }: Inside): Part {
  const email = h('input', { type: 'email', autocomplete: 'email', 'aria-describedby': 'problem' })
  const name = h('input', { autocomplete: 'name' })
  const problem = h('p', { class: 'problem', role: 'alert', id: 'problem' })
  const expected = h('p')
  const form = h(
    'form',
    { novalidate: true, submit: (event: SubmitEvent) => void submit(event) },
    h('p', {}, t('contact.text')),
    expected,
    h('label', {}, t('contact.email'), email),
    h('label', {}, t('contact.name'), name),
    problem,
    h('button', { class: 'strong' }, t('contact.save')),
  )
  const thanks = h('p')
  const change = button('link', changeAddress, t('contact.change'))
  const done = h('div', { role: 'status' }, thanks, change)
  const element = h('section', { class: 'card' }, h('h3', {}, t('contact.title')), form, done)
  let changing = false

  function draw() {
    const now = standing(chat.state)
    const known = chat.state.customer?.email
    form.hidden = !!known && !changing
    done.hidden = !form.hidden
    write(thanks, known ? t('contact.thanks', { email: known }) : '')
    write(expected, now?.nobody?.expected ? t('contact.expected', { time: duration(now.nobody.expected) }) : '')
  }

  function changeAddress() {
    changing = true
    draw()
    email.focus()
  }

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const address = email.value.trim()
    if (!ADDRESS.test(address)) return complain(t('contact.invalid'))
    complain('')
    try {
      await chat.leaveContact(address, name.value.trim())
      changing = false
      draw()
    } catch (error) {
      complain((error as Error).message || t('contact.failed'))
    }
  }

  function complain(text: string) {
    write(problem, text)
    email.ariaInvalid = String(!!text)
    if (text) email.focus()
  }

  if (!dressed) dress(style)
  dressed = true
  return { element, draw }
}

;(window.goodwordParts ??= {}).contact = contact as never
