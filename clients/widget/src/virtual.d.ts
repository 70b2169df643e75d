declare module 'virtual:launcher-texts' {
  /** The launcher's few texts, by language. */
  const labels: Record<string, Record<string, string>>
  export default labels
}

declare module 'virtual:launcher-style' {
  const css: string
  export default css
}

declare module 'virtual:chat-style' {
  const css: string
  export default css
}
