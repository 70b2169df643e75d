/**
 * A button that opens a menu. The machinery of menus is large and nothing of it is needed before one opens, so that it
 * is fetched when the screen has come to rest, at the latest when the pointer comes near.
 */

import { createContext, Suspense, use, useRef, useState, type ReactNode, type RefObject } from 'react'
import { ahead, part } from '@/app/part'
import { ButtonContext, type MenuItemProps } from 'react-aria-components'
import type * as Machinery from './MenuOpened'

export const fetchMenus = () => import('./MenuOpened')
const Opened = part(() => fetchMenus().then(({ Opened }) => ({ default: Opened })))

/** What an open menu draws its lines with. */
export const Parts = createContext<Pick<typeof Machinery, 'ItemNow' | 'SectionNow'> | null>(null)

export interface OpenMenu {
  trigger: RefObject<HTMLButtonElement | null>
  label: string
  /** By the keyboard: the first line is chosen at once. */
  byKeys: boolean
  onClose: () => void
}

/** `children` are `Item`s and `Section`s; `menu` instead draws the whole of an open menu. */
export function MenuButton({ button, children, label, isOpen, onOpenChange, menu }: {
  button: ReactNode
  children?: ReactNode
  label: string
  isOpen?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  menu?: (open: OpenMenu) => ReactNode
}) {
  const trigger = useRef<HTMLButtonElement>(null)
  const [own, setOwn] = useState(false)
  const [byKeys, setByKeys] = useState(false)
  const open = isOpen ?? own
  const change = (next: boolean) => {
    setOwn(next)
    onOpenChange?.(next)
  }
  const pressed = {
    ref: trigger,
    'aria-haspopup': 'menu' as const,
    'aria-expanded': open,
    onHoverStart: () => ahead(fetchMenus),
    onPress: ({ pointerType }: { pointerType: string }) => {
      setByKeys(pointerType === 'keyboard')
      change(!open)
    },
  }
  const shown = { trigger, label, byKeys, onClose: () => change(false) }
  return (
    <>
      <ButtonContext value={pressed}>{button}</ButtonContext>
      {open && <Suspense fallback={null}>{menu ? menu(shown) : <Opened {...shown}>{children}</Opened>}</Suspense>}
    </>
  )
}

export interface ItemProps extends Omit<MenuItemProps, 'children' | 'className'> {
  children: ReactNode
  detail?: ReactNode
  checked?: boolean
}

export function Item(props: ItemProps) {
  const parts = use(Parts)
  return parts && <parts.ItemNow {...props} />
}

export interface SectionProps {
  title: string
  children: ReactNode
}

export function Section(props: SectionProps) {
  const parts = use(Parts)
  return parts && <parts.SectionNow {...props} />
}
