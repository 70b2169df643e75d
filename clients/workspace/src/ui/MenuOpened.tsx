import type { ReactNode } from 'react'
import { Header, Menu, MenuItem, MenuSection, Popover } from 'react-aria-components'
import { Icon } from './Icon'
import { Parts, type ItemProps, type OpenMenu, type SectionProps } from './Menu'
import css from './Menu.module.css'

/** A menu that is open: an arrow moves, a letter finds, Escape gives the focus back to the button. */
export function Opened({ trigger, label, byKeys, onClose, children }: OpenMenu & { children: ReactNode }) {
  return (
    <Parts value={PARTS}>
      <Popover className={css.popover!} aria-label={label} isOpen onOpenChange={(open) => !open && onClose()} triggerRef={trigger} placement={placementOf(trigger.current)} offset={4}>
        <Menu className={css.menu!} aria-label={label} autoFocus={byKeys ? 'first' : true} onClose={onClose}>
          {children}
        </Menu>
      </Popover>
    </Parts>
  )
}

/** Over what the button belongs to, and not over what is beside that. */
function placementOf(trigger: HTMLElement | null) {
  const { left = innerWidth, right = innerWidth } = trigger?.getBoundingClientRect() ?? {}
  return (left + right) / 2 < innerWidth / 2 ? 'bottom left' : 'bottom right'
}

export function ItemNow({ children, detail, checked, ...props }: ItemProps) {
  return (
    <MenuItem {...props} className={css.item!} textValue={props.textValue ?? (typeof children === 'string' ? children : '')}>
      <span className={css.words}>{children}</span>
      {detail !== undefined && <span className={css.detail}>{detail}</span>}
      {checked && <Icon name="check" size={16} />}
    </MenuItem>
  )
}

export function SectionNow({ title, children }: SectionProps) {
  return (
    <MenuSection className={css.section!}>
      <Header className={css.title!}>{title}</Header>
      {children}
    </MenuSection>
  )
}

const PARTS = { ItemNow, SectionNow }
