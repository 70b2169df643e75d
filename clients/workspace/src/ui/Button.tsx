import { Button as AriaButton, type ButtonProps } from 'react-aria-components'
import css from './Button.module.css'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

/** A button; `look` says how loudly it asks. `icon` makes it square: give it an `aria-label`. */
export function Button({ look = 'plain', icon, small, className, ...props }: Omit<ButtonProps, 'className'> & {
  look?: Look
  icon?: boolean
  small?: boolean
  className?: string | undefined
}) {
  const names = [css.button, css[look], icon && css.icon, small && css.small, className].filter(Boolean)
  return <AriaButton {...props} className={names.join(' ')} />
}
