import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everything, extended, NONE, reached, selected, toggled, type Selection } from '@/core/selection'

const LIST = ['a', 'b', 'c', 'd', 'e', 'f']

describe('a selection', () => {
  it('takes rows one by one and lets them go again', () => {
    const two = toggled(toggled(NONE, LIST, 'd'), LIST, 'b')
    expect(selected(two, LIST)).toEqual(['b', 'd'])
    expect(selected(toggled(two, LIST, 'd'), LIST)).toEqual(['b'])
  })

  it('reaches from the row chosen last to the one clicked with Shift, and shortens when another is clicked', () => {
    const far = reached(toggled(NONE, LIST, 'b'), LIST, 'e')
    expect(selected(far, LIST)).toEqual(['b', 'c', 'd', 'e'])
    expect(selected(reached(far, LIST, 'c'), LIST)).toEqual(['b', 'c'])
    expect(selected(reached(far, LIST, 'a'), LIST)).toEqual(['a', 'b'])
  })

  it('begins at the open conversation, and with it the next', () => {
    const two = extended(NONE, LIST, 1, 'c')
    expect(selected(two, LIST)).toEqual(['c', 'd'])
    expect(selected(extended(two, LIST, -1), LIST)).toEqual(['c'])
    expect(selected(reached(NONE, LIST, 'e', 'c'), LIST)).toEqual(['c', 'd', 'e'])
  })

  it('begins at the edge where nothing is open', () => {
    expect(selected(extended(NONE, LIST, 1), LIST)).toEqual(['a'])
    expect(selected(extended(NONE, LIST, -1), LIST)).toEqual(['f'])
    expect(selected(extended(NONE, [], 1), [])).toEqual([])
  })

  it('holds a range through rows that come in between', () => {
    const range = reached(toggled(NONE, LIST, 'b'), LIST, 'd')
    expect(selected(range, ['a', 'b', 'x', 'c', 'd', 'e'])).toEqual(['b', 'x', 'c', 'd'])
  })
})

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('toggle' as const), id: fc.constantFrom(...LIST) }),
    fc.record({ do: fc.constant('reach' as const), id: fc.constantFrom(...LIST) }),
    fc.record({ do: fc.constant('down' as const) }),
    fc.record({ do: fc.constant('up' as const) }),
    fc.record({ do: fc.constant('all' as const) }),
  ),
  { maxLength: 20 },
)

type Step = { do: 'toggle' | 'reach'; id: string } | { do: 'down' | 'up' | 'all' }

function after(start: Selection, step: Step): Selection {
  if (step.do === 'toggle') return toggled(start, LIST, step.id)
  if (step.do === 'reach') return reached(start, LIST, step.id)
  if (step.do === 'all') return everything(LIST)
  return extended(start, LIST, step.do === 'down' ? 1 : -1)
}

describe('whatever was done before', () => {
  it('names only rows of the list, each once and in its order', () => {
    fc.assert(
      fc.property(steps, fc.subarray(LIST), (story, order) => {
        const ids = selected(story.reduce(after, NONE), order)
        expect(ids).toEqual(order.filter((id) => ids.includes(id)))
      }),
    )
  })

  it('a row toggled twice stands as it stood', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...LIST), (story, id) => {
        const start = story.reduce(after, NONE)
        expect(selected(toggled(toggled(start, LIST, id), LIST, id), LIST)).toEqual(selected(start, LIST))
      }),
    )
  })

  it('the row that was reached is selected, and so is all between it and the anchor', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...LIST), (story, id) => {
        const then = reached(story.reduce(after, NONE), LIST, id)
        const [from, to] = [LIST.indexOf(then.anchor!), LIST.indexOf(id)].sort((a, b) => a - b)
        expect(selected(then, LIST)).toEqual(expect.arrayContaining(LIST.slice(from, to! + 1)))
      }),
    )
  })
})
