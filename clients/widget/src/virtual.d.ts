declare module 'virtual:launcher-texts' {
  /** What the launcher is called, by language. */
  const labels: Record<string, string>
  export default labels
}

declare module 'virtual:*-style' {
  const css: string
  export default css
}
