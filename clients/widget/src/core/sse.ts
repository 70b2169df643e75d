export interface Frame {
  id: string | null
  event: string
  data: string
}

/** Reads an event stream piece by piece; `feed` gives the frames completed by a piece. Comments count as life only. */
export function frameReader(): (piece: string) => Frame[] {
  let rest = ''
  return (piece) => {
    const buffer = rest + piece
    const half = buffer.endsWith('\r') ? '\r' : ''
    const blocks = (half ? buffer.slice(0, -1) : buffer).replace(/\r\n?/g, '\n').split('\n\n')
    rest = (blocks.pop() ?? '') + half
    return blocks.map(frame).filter((found) => found !== null)
  }
}

function frame(block: string): Frame | null {
  const found: Frame = { id: null, event: 'message', data: '' }
  const data: string[] = []
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(\w+)(?:: ?(.*))?$/.exec(line) ?? []
    if (field === 'data') data.push(value)
    else if (field === 'id' || field === 'event') found[field] = value
  }
  found.data = data.join('\n')
  return data.length ? found : null
}
