import { backoff } from './backoff'
import { Refused, type Desk, type Sent } from './desk'
import { next, type Outbox, type OutboxItem } from './outbox'
import { pausing } from './pause'

export interface SenderHears {
  sent(answer: Sent): void
  /** The token is no longer good; resolves when there is a new one. */
  renew(): Promise<void>
}

/** Runs `deed` while no other tab does; where the browser has no locks the server's idempotency must do. */
export type Alone = (deed: () => Promise<void>) => Promise<unknown>

export const aloneAmongTabs: Alone = (deed) =>
  globalThis.navigator?.locks ? navigator.locks.request('goodword', deed) : deed()

export interface Sender {
  /** There is something to send, or it may work again now. */
  kick(): Promise<void>
  stop(): void
}

/**
 * Sends what the outbox holds, one at a time and in order, until the server has taken or refused each. The same
 * client_id goes out at every attempt, so that a lost answer can't double a message.
 */
export function sender(
  outbox: Outbox,
  desk: Pick<Desk, 'send' | 'human' | 'token'>,
  hear: SenderHears,
  alone: Alone,
  wait = backoff,
): Sender {
  const pause = pausing()
  let running = false
  let stopped = false
  let attempts = 0

  async function kick() {
    pause.end()
    if (running || !desk.token) return
    running = true
    while (!stopped && next(outbox.items())) {
      await alone(sendAll)
      if (attempts) await pause.wait(wait(attempts, Math.random()))
    }
    running = false
  }

  /** Leaves with `attempts` above 0 when something has to be tried again later. */
  async function sendAll() {
    for (let item = next(outbox.items()); item && !stopped; item = next(outbox.items())) {
      try {
        await sendOne(item)
      } catch (error) {
        if (!(await isOver(item, error))) return void (attempts += 1)
      }
      attempts = 0
    }
  }

  async function sendOne(item: OutboxItem) {
    if (item.deed === 'human') await desk.human()
    else hear.sent(await desk.send(item))
    outbox.acknowledge([item.client_id])
  }

  /** Whether the next item's turn has come, this one being refused for good. */
  async function isOver(item: OutboxItem, error: unknown): Promise<boolean> {
    if (!(error instanceof Refused) || error.passing) return false
    if (error.status === 401) {
      await hear.renew()
      return false
    }
    outbox.refuse(item.client_id, error.problem.detail ?? '')
    return true
  }

  return {
    kick,
    stop: () => {
      stopped = true
      pause.end()
    },
  }
}
