import { safeHref } from '../core/linkify'
import { button, h, icon, pictured, set, write } from './element'

/** How the panel draws, for the parts that are loaded later: they need not bring it along. */
export const kit = { button, h, icon, pictured, set, write, safeHref }
export type Kit = typeof kit
