import type { Limits } from '../core/session'

/** What is known of a file before it is sent. */
export interface Candidate {
  name: string
  size: number
  type: string
}

export type Refusal = 'file.empty' | 'file.too_large' | 'file.wrong_type'

/** Why a file can't be sent, as a key of the catalogue; null when it can. */
export function refusal(file: Candidate, { file_bytes, file_types }: Limits): Refusal | null {
  if (file.size === 0) return 'file.empty'
  if (file.size > file_bytes) return 'file.too_large'
  return file_types.some((type) => fits(file.type, type)) ? null : 'file.wrong_type'
}

function fits(type: string, accepted: string): boolean {
  return accepted.endsWith('/*') ? type.startsWith(accepted.slice(0, -1)) : type === accepted
}
