import { tray } from './tray'

/** What only those need who send a file; loaded with the first one. */
;(window.goodwordParts ??= {}).tray = tray as never
