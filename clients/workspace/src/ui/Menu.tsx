import type { ReactNode } from 'react'
import { Header, Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger, Popover, type MenuItemProps } from 'react-aria-components'
import { Icon } from './Icon'
import css from './Menu.module.css'

/** A button that opens a menu. The first child of `MenuTrigger` is the button, the rest are `Item`s and `Section`s. */
export function MenuButton({ button, children, label, isOpen, onOpenChange }: {
  button: ReactNode
  children: ReactNode
  label: string
  isOpen?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
}) {
  const control = isOpen === undefined ? {} : { isOpen }
  return (
    <MenuTrigger {...control} {...(onOpenChange ? { onOpenChange } : {})}>
      {button}
      <Popover className={css.popover!} placement="bottom end" offset={4}>
        <AriaMenu className={css.menu!} aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

export function Item({ children, detail, checked, ...props }: Omit<MenuItemProps, 'children' | 'className'> & {
  children: ReactNode
  detail?: ReactNode
  checked?: boolean
}) {
  return (
    <MenuItem {...props} className={css.item!} textValue={props.textValue ?? (typeof children === 'string' ? children : '')}>
      <span className={css.words}>{children}</span>
      {detail !== undefined && <span className={css.detail}>{detail}</span>}
      {checked && <Icon name="check" size={16} />}
    </MenuItem>
  )
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <MenuSection className={css.section!}>
      <Header className={css.title!}>{title}</Header>
      {children}
    </MenuSection>
  )
}
