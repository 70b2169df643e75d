/** Waits until `holds` is true; fails after a while. */
export async function eventually(holds: () => boolean, what = holds.toString()): Promise<void> {
  const end = Date.now() + 4_000
  while (!holds()) {
    if (Date.now() > end) throw new Error(`never: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
