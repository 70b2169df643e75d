/** Every view is an address: `/workspace/inbox/mine/cnv_…?tag=refund`. */

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type ErrorComponentProps,
} from '@tanstack/react-router'
import { Inbox } from '@/conversations/Inbox'
import { NothingOpen } from '@/conversations/NothingOpen'
import { ConversationScreen } from '@/conversations/ConversationScreen'
import { VIEWS, type View } from '@/core/model'
import { searchOf, type InboxSearch } from '@/core/place'
import { Frame } from './Frame'

export type { InboxSearch }

export interface ConversationSearch {
  /** The `seq` of the message to go to. */
  at?: number
}

export interface KnowledgeSearch {
  q?: string
  /** The list shows this language only. */
  only?: string
  /** The opened article is read in this language. */
  language?: string
}

function wordsOf(search: Record<string, unknown>, ...names: string[]): Record<string, string> {
  const given = names.filter((name) => search[name] !== undefined && search[name] !== '')
  return Object.fromEntries(given.map((name) => [name, String(search[name])]))
}

const root = createRootRoute({ component: Frame, notFoundComponent: () => null })

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox/$view', params: { view: 'mine' } })
  },
})

const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox/$view',
  component: Inbox,
  validateSearch: searchOf,
  beforeLoad: ({ params }) => {
    if (!VIEWS.includes(params.view as View)) throw redirect({ to: '/inbox/$view', params: { view: 'mine' } })
  },
})

const nothing = createRoute({ getParentRoute: () => inbox, path: '/', component: NothingOpen })
const conversation = createRoute({
  getParentRoute: () => inbox,
  path: '/$id',
  component: ConversationScreen,
  validateSearch: ({ at }: Record<string, unknown>): ConversationSearch => (Number(at) > 0 ? { at: Number(at) } : {}),
})

const knowledge = createRoute({
  getParentRoute: () => root,
  path: '/knowledge',
  component: lazyRouteComponent(() => import('@/knowledge/Knowledge')),
  validateSearch: (search: Record<string, unknown>): KnowledgeSearch => wordsOf(search, 'q', 'only', 'language'),
})

const article = createRoute({
  getParentRoute: () => knowledge,
  path: '/$id',
  component: lazyRouteComponent(() => import('@/knowledge/ArticleScreen')),
})

const team = createRoute({
  getParentRoute: () => root,
  path: '/team',
  component: lazyRouteComponent(() => import('@/staff/Team')),
})

const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  component: lazyRouteComponent(() => import('@/supervision/Wall')),
  validateSearch: (search: Record<string, unknown>): { big?: string } => wordsOf(search, 'big'),
})

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings/$section',
  component: lazyRouteComponent(() => import('@/settings/Settings')),
})

const tree = root.addChildren([
  index,
  inbox.addChildren([nothing, conversation]),
  knowledge.addChildren([article]),
  team,
  wall,
  settings,
])

export function createAppRouter() {
  return createRouter({
    routeTree: tree,
    basepath: '/workspace',
    defaultPreload: 'intent',
    defaultErrorComponent: ({ error }: ErrorComponentProps) => <p role="alert">{String(error)}</p>,
    scrollRestoration: false,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
