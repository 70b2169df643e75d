/** The few pictures of the workspace, drawn on 20 × 20 with a line of 1.5. Each stands beside a word or has a label. */

const PATHS = {
  inbox: 'M3 11.5 5 4h10l2 7.5V16H3v-4.5Zm0 0h4l1 2h4l1-2h4',
  book: 'M10 5.5C8.5 4 6 3.8 3 4v11c3-.2 5.5 0 7 1.500M10 5.500C11.500 4 14 3.800 17 4v11c-3-.2-5.500 0-7 1.500M10 5.500V16.500',
  people: 'M7.500 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.500c.3-3 2.500-4.500 5.500-4.500s5.200 1.500 5.500 4.500M13 4a2.800 2.800 0 0 1 0 5.300M15 12.300c1.800.6 2.900 2 3 4.200',
  settings: 'M3 6h8m4 0h2M3 14h2m4 0h8M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  wall: 'M3 4h6v5H3V4Zm8 0h6v5h-6V4ZM3 11h6v5H3v-5Zm8 0h6v5h-6v-5Z',
  filter: 'M3 5h14M6 10h8M9 15h2',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Zm4.500-1.500L17 17',
  clock: 'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15ZM10 6v4.300l2.800 1.700',
  check: 'M4 10.500 8 14.500 16 5.500',
  back: 'M12 4 6 10l6 6',
  down: 'M5 8l5 5 5-5',
  up: 'M5 12l5-5 5 5',
  close: 'M5 5l10 10M15 5 5 15',
  clip: 'M15.500 9 9.700 14.800a3.400 3.400 0 0 1-4.800-4.800l6-6a2.300 2.300 0 0 1 3.200 3.200l-5.800 5.800a1.100 1.100 0 0 1-1.600-1.600L12 6',
  person: 'M10 9.500a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400ZM3.500 17c.5-3.300 3-5 6.500-5s6 1.700 6.500 5',
  spark: 'M10 3l1.600 4.400L16 9l-4.400 1.600L10 15l-1.600-4.400L4 9l4.400-1.600L10 3ZM15.500 13.500l.6 1.600 1.600.6-1.600.6-.6 1.600-.6-1.600-1.600-.6 1.600-.6.6-1.600Z',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  file: 'M5 2.500h6l4 4v11H5v-15Zm6 0v4h4',
  globe: 'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15ZM2.500 10h15M10 2.500c2.200 2 3.200 4.500 3.200 7.500s-1 5.500-3.200 7.500c-2.200-2-3.200-4.500-3.200-7.500s1-5.500 3.200-7.500Z',
  side: 'M3 4h14v12H3V4Zm9 0v12',
  plus: 'M10 4v12M4 10h12',
  undo: 'M4 8h8a4.500 4.500 0 0 1 0 9H8M4 8l4-4M4 8l4 4',
  write: 'M11.500 4H4v12h12V8.500M8 12l.6-2.600L15.500 2.500l2 2L10.600 11.400 8 12Z',
  send: 'M3 10 17 3.500 13 17l-3.500-5L3 10Zm6.500 2L17 3.500',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 20, label }: { name: IconName; size?: number; label?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.5 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
