import type { Kit } from '../view/kit'

const FILE = 'M7 3.5h7l4 4v13H7zM14 3.5v4h4'

const SIDE = 40

/** A small picture of a file. Painted on a canvas, because pages that forbid blob: images still allow that. */
export function drawPreview({ h, icon }: Kit, file: File): HTMLElement {
  const place = h('span', { class: 'preview' }, icon(FILE))
  if (file.type.startsWith('image/')) void paint(h, file, place)
  return place
}

async function paint(h: Kit['h'], file: File, place: HTMLElement) {
  try {
    const bitmap = await createImageBitmap(file)
    const side = SIDE * devicePixelRatio
    const canvas = h('canvas', { width: side, height: side })
    const scale = Math.max(side / bitmap.width, side / bitmap.height)
    const [width, height] = [bitmap.width * scale, bitmap.height * scale]
    canvas.getContext('2d')?.drawImage(bitmap, (side - width) / 2, (side - height) / 2, width, height)
    bitmap.close()
    place.replaceChildren(canvas)
  } catch {
    // A picture the browser can't read is shown as a file.
  }
}
