/** A random UUID; `crypto.randomUUID` is missing on pages without https. */
export function newId(): string {
  const random = crypto.getRandomValues(new Uint8Array(36))
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place, at: number) => {
    const digit = (random[at] ?? 0) & 15
    return (place === 'x' ? digit : (digit & 3) | 8).toString(16)
  })
}
