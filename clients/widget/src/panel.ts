import { openChat, type Chat } from './core/chat'
import { openDesk } from './core/desk'
import { messageOf, unread } from './core/state'
import { browserStorage } from './core/storage'
import { pageTitle } from './core/title'
import type { Call, Launched, Mounted } from './launcher/launched'
import { formatIn, type Format } from './view/format'
import { panel } from './view/panel'

/** Puts the chat into the launcher's shadow root and binds it to the page: visibility, network, title, calls. */
function mount(launched: Launched): Mounted {
  let shown = show(launched)
  const { calls } = launched
  const deeds: Record<Call, (given: never) => unknown> = {
    prefill: (text: string) => shown.prefill(text),
    setAttributes: (values: object) => shown.chat.know(values),
    setLanguage: (tag: string) => speak(tag),
    startIntake: () => shown.form('intake'),
  }
  const run = ([name, given]: [Call, unknown]) => deeds[name](given as never)

  /** Everything anew in another language, for this tab; what was written stays. */
  async function speak(tag: string) {
    if (tag === launched.language) return
    await launched.load(`texts.${tag}`)
    const open = shown.isOpen()
    shown.end()
    launched.language = launched.frame.lang = launched.session[`goodword.${launched.channel}.language`] = tag
    shown = show(launched)
    shown.start()
    if (open) shown.open()
  }

  launched.calls = { push: run }
  ;(calls as unknown as [Call, unknown][]).forEach(run)
  return {
    start: () => shown.start(),
    open: () => shown.open(),
    close: () => shown.close(),
    identify: (identity) => shown.chat.identify(identity),
    end: () => {
      shown.end()
      launched.calls = []
    },
  }
}

function show(launched: Launched) {
  const { api, channel, language, src: base, load, dress } = launched
  const leave = new AbortController()
  const { signal } = leave
  const format = formatIn(language, window.goodwordParts?.texts ?? {})
  const storage = browserStorage(channel)
  const desk = openDesk(api, language)
  const chat = openChat({ desk, storage, about: () => aboutPage(language) })
  const { open, close, end, ...rest } = panel(launched, { chat, desk, format, storage, load, dress, base, launched })
  if (launched.identity) chat.identify(launched.identity)
  follow(chat, launched, format, signal)
  for (const news of ['online', 'offline', 'pageshow']) addEventListener(news, chat.wake, { signal })
  document.addEventListener('visibilitychange', () => chat.visible(!document.hidden), { signal })
  let started = false
  const start = () => {
    if (!started) void chat.open()
    started = true
  }
  return {
    ...rest,
    chat,
    start,
    open: () => {
      start()
      open()
    },
    form: (name: 'intake') => {
      start()
      open()
      rest.form(name)
    },
    close,
    end: () => {
      leave.abort()
      chat.stop()
      end()
    },
  }
}

/** The page's address goes without its query, which may hold what is nobody's business. */
function aboutPage(language: string) {
  return { language, page: location.origin + location.pathname, title: document.title, referrer: document.referrer }
}

function follow(chat: Chat, launched: Launched, format: Format, signal: AbortSignal) {
  let count = -1
  const title = pageTitle(document)
  const show = () => title.show(document.hidden ? count : 0)
  document.addEventListener('visibilitychange', show, { signal })
  chat.subscribe((state, before) => {
    const { config } = state
    if (config && !before.config) {
      launched.emit('ready')
      if (config.language !== launched.language) launched.calls.push(['setLanguage', config.language])
    }
    if (before.config) tellMessages(state.events.filter((event) => !before.events.includes(event)))
    const now = unread(state)
    if (now === count) return
    count = now
    launched.unread(count, count ? format.n('launcher.unread', count) : format.t('launcher.open'))
    launched.emit('unread', count)
    show()
  })
  const tellMessages = (events: typeof chat.state.events) => {
    for (const event of events) if (event.type === 'ReplyQueued') launched.emit('message', messageOf(event))
  }
}

;(window.goodwordParts ??= {}).mount = mount
