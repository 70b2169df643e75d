/** A size as a person of that language writes it, in the largest unit that leaves at least 1. */
export function sizeText(bytes: number, language: string): string {
  const step = bytes < 1e6 ? { value: bytes / 1e3, unit: 'kilobyte' } : { value: bytes / 1e6, unit: 'megabyte' }
  const value = step.value < 10 ? Math.max(0.1, Math.round(step.value * 10) / 10) : Math.round(step.value)
  return new Intl.NumberFormat(language, { style: 'unit', unit: step.unit }).format(value)
}
