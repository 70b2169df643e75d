/** The rooms of the settings: what each is called, what right it takes, where it is. A new one is one line here. */

import { type ComponentType, type LazyExoticComponent } from 'react'
import { part } from '@/app/part'

export const GROUPS = ['mine', 'people', 'work', 'channels', 'security'] as const

export interface Section {
  /** Its address, and the name of its texts: `settings.<id>` is its title, `settings.<id>.words` what it is searched by. */
  id: string
  group: (typeof GROUPS)[number]
  /** Null: everybody's. */
  right: string | null
  Shown: LazyExoticComponent<ComponentType>
  /** How much is to be done there. */
  Badge?: LazyExoticComponent<ComponentType>
}

const of = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  part(() => load().then((module) => ({ default: module[name] })))

export const SECTIONS: readonly Section[] = [
  { id: 'me', group: 'mine', right: null, Shown: of(() => import('@/staff/Mine'), 'Mine') },
  { id: 'keys', group: 'mine', right: null, Shown: of(() => import('./Keys'), 'Keys') },
  { id: 'routing', group: 'people', right: 'routing.manage', Shown: of(() => import('@/routing/Routing'), 'Routing') },
  { id: 'fields', group: 'work', right: 'fields.manage', Shown: of(() => import('@/fields/Fields'), 'Fields') },
  { id: 'rules', group: 'work', right: 'automation.manage', Shown: of(() => import('@/automation/Rules'), 'Rules') },
  { id: 'macros', group: 'work', right: 'conversations.answer', Shown: of(() => import('@/automation/Macros'), 'Macros') },
  { id: 'canned', group: 'work', right: 'conversations.read', Shown: of(() => import('@/canned/CannedAnswers'), 'CannedAnswers') },
  { id: 'channels', group: 'channels', right: 'channels.manage', Shown: of(() => import('@/channels/Channels'), 'Channels') },
  {
    id: 'quarantine',
    group: 'channels',
    right: 'channels.manage',
    Shown: of(() => import('@/channels/Quarantine'), 'Quarantine'),
    Badge: part(() => import('@/channels/QuarantineBadge')),
  },
  { id: 'roles', group: 'people', right: 'roles.manage', Shown: of(() => import('@/security/Roles'), 'Roles') },
  { id: 'signIn', group: 'security', right: 'security.manage', Shown: of(() => import('@/security/SigningIn'), 'SigningIn') },
  { id: 'audit', group: 'security', right: 'audit.read', Shown: of(() => import('@/security/Audit'), 'Audit') },
  { id: 'tokens', group: 'security', right: 'tokens.manage', Shown: of(() => import('@/staff/Tokens'), 'Tokens') },
]
