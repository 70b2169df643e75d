/** Short tones, made in the browser: the graver the occasion, the lower and longer. */

import type { Occasion } from '@/core/notify'

const TONES: Record<Occasion, readonly number[]> = {
  queue: [880],
  message: [660],
  lost: [523, 392],
  assigned: [523, 784],
  mentioned: [784, 988],
  risky: [392, 330, 392],
}
const EACH = 0.14

let context: AudioContext | null = null

export function play(occasion: Occasion, volume: number) {
  // Browsers keep still, and complain, until the person has done something on the page.
  if (!navigator.userActivation?.hasBeenActive) return
  context ??= new AudioContext()
  TONES[occasion].forEach((frequency, index) => tone(context!, frequency, context!.currentTime + index * EACH, volume / 100))
}

function tone(audio: AudioContext, frequency: number, at: number, volume: number) {
  const [source, gain] = [audio.createOscillator(), audio.createGain()]
  source.frequency.value = frequency
  gain.gain.setValueAtTime(0, at)
  gain.gain.linearRampToValueAtTime(volume * 0.4, at + 0.015)
  gain.gain.exponentialRampToValueAtTime(0.0001, at + EACH)
  source.connect(gain).connect(audio.destination)
  source.start(at)
  source.stop(at + EACH)
}
