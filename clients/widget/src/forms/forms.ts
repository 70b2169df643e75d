import style from 'virtual:forms-style'
import { newId } from '../core/id'
import type { Sent } from '../core/desk'
import type { Question } from '../core/session'
import type { FormName, Inside, Part } from '../view/part'
import type { Tray } from '../view/attach'

const PARTS = ['what', 'since', 'wish', 'order'] as const
const LONG = ['what', 'wish']
const COMPLETE: Record<string, string> = { name: 'name', email: 'email' }

/** The form by that name; `done` is called when the server has it. */
export function forms(inside: Inside, name: FormName, done: () => void): Part {
  if (!dressed) inside.dress(style)
  dressed = true
  return name === 'ask' ? ask(inside, done) : intake(inside, done)
}

let dressed = false

/** What a stranger is asked before his first message. */
function ask(inside: Inside, done: () => void): Part {
  const { chat, kit, format } = inside
  const questions = chat.state.config?.questions ?? []
  const fields = questions.map((question) => field(inside, question))
  return sheet(inside, {
    title: format.t('ask.title'),
    hint: format.t('ask.hint'),
    fields: fields.map(({ element }) => element),
    send: format.t('ask.send'),
    submit: async () => {
      const missing = fields.find(({ question, value }) => question.required && !value())
      if (missing) return missing.complain(format.t('ask.required'))
      await chat.answer(Object.fromEntries(fields.map(({ question, value }) => [question.key, value()])))
      done()
    },
    complain: (wrong) => {
      for (const one of fields) if (wrong[one.question.key]) one.complain(wrong[one.question.key] as string)
    },
  }, kit)
}

function field({ kit: { h, write }, format: { t } }: Inside, question: Question) {
  const { key, label, options, required } = question
  const problem = h('span', { class: 'problem', id: `p-${key}` })
  const common = { required, autocomplete: COMPLETE[key], 'aria-describedby': `p-${key}`, input: () => complain('') }
  const input = options.length
    ? h('select', common, h('option', { value: '' }), ...options.map((one) => h('option', { value: one }, one)))
    : h('input', { ...common, type: key === 'email' ? 'email' : 'text', maxlength: 300 })
  const optional = !required && h('small', {}, ` ${t('ask.optional')}`)

  function complain(text: string) {
    write(problem, text)
    input.ariaInvalid = String(!!text)
    if (text) input.focus()
  }

  const element = h('label', {}, label, optional, input, problem)
  return { question, element, complain, value: () => input.value.trim() }
}

/** A problem, in five parts of which none is demanded: what is missing is asked for later. */
function intake(inside: Inside, done: () => void): Part {
  const { chat, kit, format, desk } = inside
  const { h, button } = kit
  const { t } = format
  const id = newId()
  const boxes = PARTS.map((part) => {
    const box = LONG.includes(part)
      ? h('textarea', { rows: part === 'what' ? 3 : 2, maxlength: 2000, dir: 'auto' })
      : h('input', { maxlength: 300, dir: 'auto' })
    return [part, box] as const
  })
  const place = h('div', { class: 'tray' })
  let tray: Tray | undefined
  const choose = button('choice', () => void getTray(), t('intake.evidence'))

  async function getTray() {
    await inside.load('files')
    tray ??= window.goodwordParts?.tray?.(inside, () => {})
    if (!tray) return
    place.append(tray.element)
    tray.choose()
  }

  return sheet(
    inside,
    {
      title: t('intake.title'),
      hint: t('intake.hint'),
      fields: [...boxes.map(([part, box]) => h('label', {}, t(`intake.${part}`), box)), choose, place],
      send: t('intake.send'),
      submit: async () => {
        if (tray?.busy()) return
        const parts = Object.fromEntries(boxes.map(([part, box]) => [part, box.value.trim()]))
        const evidence = tray?.attachments().map((file) => file.id) ?? []
        chat.heard(await desk.post<Sent>('/intake', { client_id: id, ...parts, evidence }))
        done()
      },
      complain: () => {},
    },
    kit,
  )
}

interface Sheet {
  title: string
  hint: string
  fields: HTMLElement[]
  send: string
  submit(): Promise<void>
  /** What the server says of single fields. */
  complain(wrong: Record<string, string>): void
}

/** A form on its way to the server: sent once at a time, with a word where it was refused. */
function sheet({ format: { t } }: Inside, { title, hint, fields, send, ...deeds }: Sheet, { h, write }: Inside['kit']): Part {
  const problem = h('p', { class: 'problem', role: 'alert' })
  const button = h('button', { class: 'strong' }, send)

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    if (button.ariaDisabled === 'true') return
    button.ariaDisabled = 'true'
    write(problem, '')
    try {
      await deeds.submit()
    } catch (error) {
      const { problem: said } = error as { problem?: { detail?: string; fields?: Record<string, string> } }
      write(problem, said?.detail || t('contact.failed'))
      deeds.complain(said?.fields ?? {})
    }
    button.ariaDisabled = null
  }

  const element = h('form', { class: 'fields', novalidate: true, submit }, h('h3', {}, title), h('p', {}, hint), ...fields, problem, button)
  return { element, draw: () => {} }
}

;(window.goodwordParts ??= {}).forms = forms
