/** A wait that can be cut short. */
export function pausing() {
  let rouse = () => {}
  return {
    /** Resolves after `ms`, or at once when `end` is called. */
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        rouse = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    end: () => rouse(),
  }
}
