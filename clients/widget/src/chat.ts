import { openChat, type Chat } from './core/chat'
import { openDesk } from './core/desk'
import { messageOf, unread } from './core/state'
import { browserStorage } from './core/storage'
import { pageTitle } from './core/title'
import type { Launched, Mounted } from './launcher/launched'
import { formatIn, type Format } from './view/format'
import { panel } from './view/panel'

/** Puts the chat into the launcher's shadow root and binds it to the page: visibility, network, title, events. */
function mount(launched: Launched): Mounted {
  const { base, channel, language } = launched
  const format = formatIn(language, window.goodwordParts?.texts ?? {})
  const storage = browserStorage(channel)
  const desk = openDesk(base, channel, language)
  const chat = openChat({ desk, storage, about: () => aboutPage(language) })
  const { open, close, end } = panel(launched, { chat, desk, format, storage, load: launched.load, base: `${base}/` })
  if (launched.identity) chat.identify(launched.identity)
  follow(chat, launched, format)
  for (const news of ['online', 'offline', 'pageshow']) addEventListener(news, chat.wake)
  document.addEventListener('visibilitychange', () => chat.visible(!document.hidden))
  let started = false
  const start = () => {
    if (!started) void chat.open()
    started = true
  }
  return {
    start,
    open: () => {
      start()
      open()
    },
    close,
    identify: (identity) => chat.identify(identity),
    end: () => {
      chat.stop()
      end()
    },
  }
}

/** The page's address goes without its query, which may hold what is nobody's business. */
function aboutPage(language: string) {
  return { language, page: location.origin + location.pathname, title: document.title, referrer: document.referrer }
}

function follow(chat: Chat, launched: Launched, format: Format) {
  let count = 0
  const title = pageTitle(document)
  const show = () => title.show(document.hidden ? count : 0)
  document.addEventListener('visibilitychange', show)
  chat.subscribe((state, before) => {
    if (state.config && !before.config) launched.emit('ready')
    if (before.config) tellMessages(state.events.filter((event) => !before.events.includes(event)))
    const now = unread(state)
    if (now === count) return
    count = now
    launched.unread(count, count ? format.n('launcher.unread', count) : undefined)
    launched.emit('unread', count)
    show()
  })
  const tellMessages = (events: typeof chat.state.events) => {
    for (const event of events) if (event.type === 'ReplyQueued') launched.emit('message', messageOf(event))
  }
}

;(window.goodwordParts ??= {}).mount = mount
