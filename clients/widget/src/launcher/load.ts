declare const trustedTypes:
  { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } } | undefined

/** Runs a script of our server's. Passes on the page's nonce and keeps to its Trusted Types, where it has them. */
export function load(url: string, nonce: string): Promise<void> {
  const script = document.createElement('script')
  script.nonce = nonce
  script.src = trusted(url)
  return new Promise((resolve, reject) => {
    script.onload = () => resolve()
    script.onerror = reject
    document.head.append(script)
    script.remove()
  })
}

let policy: { createScriptURL(url: string): string } | undefined

function trusted(url: string): string {
  try {
    policy ??= trustedTypes?.createPolicy('goodword', { createScriptURL: (own: string) => own })
  } catch {
    // The page does not allow the policy; then it does not demand it for us either, or says so itself.
  }
  return policy ? policy.createScriptURL(url) : url
}
