import { Suspense, type ComponentProps } from 'react'
import { part } from '@/app/part'
import type { Sheet as SheetNow } from './Sheet'

const Later = part(() => import('./Sheet').then(({ Sheet }) => ({ default: Sheet })))

/** A sheet whose machinery is fetched when the first one opens. */
export function Sheet(props: ComponentProps<typeof SheetNow>) {
  if (props.isOpen === false) return null
  return (
    <Suspense fallback={null}>
      <Later {...props} />
    </Suspense>
  )
}
