import style from 'virtual:home-style'
import { standing } from '../core/conversation'
import { messageOf, unread } from '../core/state'
import type { Inside, Part } from '../view/part'

interface Offer {
  title: string
  url: string
  language: string
}

/** Where one begins: a greeting, the conversation that goes on, a problem to report, articles, other languages. */
export function home({ chat, kit, format, desk, base, go, launched }: Inside): Part {
  const { button, h, set, write, safeHref } = kit
  const { t, n } = format
  const greeting = h('p', { class: 'greeting' })
  const disclosure = h('p', { class: 'soft disclosure' })
  const hours = h('p', { class: 'soft', dir: 'auto' })
  const [about, words] = [h('b'), h('span', { dir: 'auto' })]
  const goOn = button('go', () => go('log'), about, words)
  const report = button('go', () => go('form', 'intake'), h('b', {}, t('home.report')), h('span', {}, t('home.report.hint')))
  const query = h('input', { type: 'search', maxlength: 300, enterkeyhint: 'search' })
  const found = h('ul', { class: 'found' })
  const news = h('p', { class: 'soft', role: 'status' })
  const search = h(
    'form',
    { class: 'find', role: 'search', submit: (event: Event) => (event.preventDefault(), void look()) },
    h('label', {}, t('home.articles'), query),
    h('button', { class: 'strong' }, t('home.search')),
  )
  const articles = h('section', { class: 'fields' }, search, news, found)
  const help = h('a', { target: '_blank', rel: 'noopener' }, t('intro.help'))
  const tongues = h('select', {
    'aria-label': t('home.language'),
    change: () => launched.calls.push(['setLanguage', tongues.value]),
  })
  const foot = h('div', { class: 'tongue' }, help, tongues)
  const element = h('div', {}, greeting, disclosure, hours, goOn, report, articles, foot)
  let looked = false

  function draw() {
    const { config } = chat.state
    if (!config) return
    write(greeting, config.greeting ?? '')
    write(disclosure, t('intro.assistant', { name: config.assistant_name }))
    write(hours, config.hours)
    drawGoOn()
    report.hidden = !config.intake
    articles.hidden = !config.articles
    const href = config.help_url && safeHref(config.help_url, base)
    help.hidden = !href
    set(help, 'href', href)
    if (!tongues.options.length) drawTongues(config.languages)
    if (config.articles && !looked) void look()
  }

  function drawGoOn() {
    const last = chat.state.events.map(messageOf).findLast((message) => message)
    const count = unread(chat.state)
    goOn.hidden = !last
    write(about, count ? n('message.new', count) : t(standing(chat.state)?.status === 'closed' ? 'home.last' : 'home.goOn'))
    write(words, last?.text || last?.attachments[0]?.name || '')
  }

  function drawTongues(languages: string[]) {
    tongues.hidden = languages.length < 2
    for (const tag of languages) {
      const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag)
      tongues.append(h('option', { value: tag, lang: tag, selected: tag === format.language }, name))
    }
  }

  async function look() {
    looked = true
    const q = query.value.trim()
    try {
      const path = `/articles?language=${format.language}&q=${encodeURIComponent(q)}`
      const { articles } = (await (await desk.ask(path)).json()) as { articles: Offer[] }
      found.replaceChildren(...articles.map(row))
      write(news, q ? (articles.length ? n('home.found', articles.length) : t('home.none')) : '')
      search.hidden = !q && !articles.length
    } catch {
      write(news, q ? t('home.failed') : '')
    }
  }

  function row({ title, url, language }: Offer) {
    const href = safeHref(url, base)
    return h('li', {}, href && h('a', { href, lang: language, target: '_blank', rel: 'noopener' }, title))
  }

  launched.dress(style)
  return { element, draw }
}

;(window.goodwordParts ??= {}).home = home as never
