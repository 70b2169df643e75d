const AGAIN = 3_000
const IDLE = 5_000

/** Tells the other side that we are typing: at once, then at most every 3 s, and that we stopped after 5 s of rest. */
export function typingNotice(tell: (on: boolean) => void) {
  let toldAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** A message that was sent needs no further notice: it speaks for itself. */
  function sent() {
    clearTimeout(timer)
    toldAt = 0
  }

  function rested() {
    const told = toldAt
    sent()
    if (told) tell(false)
  }

  function typed() {
    clearTimeout(timer)
    timer = setTimeout(rested, IDLE)
    if (Date.now() - toldAt < AGAIN) return
    toldAt = Date.now()
    tell(true)
  }

  return { typed, rested, sent }
}
