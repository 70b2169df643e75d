/** The two ways of the live feed in a browser. */

import { BASE, query } from './api'
import type { Frame, Line, LineEvents } from './live'

/** `device`: what this browser calls itself, so that it isn't told what it wrote. */
export function socketLine(cursor: () => string, device: string, events: LineEvents): Line {
  const url = new URL(`${BASE}/live`, location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const socket = new WebSocket(url)
  socket.onopen = () => socket.send(JSON.stringify({ cursor: cursor(), watch: [], device }))
  socket.onmessage = (message) => events.frame(JSON.parse(String(message.data)) as Frame)
  socket.onclose = () => events.closed()
  return {
    send: (frame) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(frame)),
    close: () => socket.close(),
  }
}

export function streamLine(cursor: string, device: string, events: LineEvents): Line {
  const source = new EventSource(`${BASE}/live/stream${query({ after: cursor, device })}`)
  source.onmessage = (message) => events.frame(JSON.parse(String(message.data)) as Frame)
  source.onerror = () => {
    source.close()
    events.closed()
  }
  return { close: () => source.close() }
}
