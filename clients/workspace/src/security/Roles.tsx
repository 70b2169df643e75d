import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useTexts } from '@/app/context'
import { patch, post, remove } from '@/core/api'
import { useChange } from '@/routing/useChange'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { roleName, rolesQuery, type RoleLine, type Roles as All } from './queries'
import { RightsOf } from './RightsOf'
import { useWords } from './words'

/** Who may do what: the built-in roles to read, those of our own to change, each change at once. */
export function Roles() {
  const words = useWords()
  const { t } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const all = useQuery(rolesQuery()).data
  const [open, setOpen] = useState<string | null>(null)
  const again = () => client.invalidateQueries({ queryKey: ['roles'] })
  const make = async (name: string, rights: string[]) => {
    try {
      const made = await post<RoleLine>('/roles', { name, rights })
      await again()
      setOpen(made.id)
      desk.say(words.t('roles.made', { name }))
    } catch (error) {
      desk.complain(error)
    }
  }
  const drop = async (role: RoleLine) => {
    try {
      await remove(`/roles/${role.id}`)
      await again()
      desk.say(words.t('roles.removed', { name: role.name }), { undo: () => void make(role.name, role.rights) })
    } catch (error) {
      desk.complain(error)
    }
  }
  if (!all) return null
  return (
    <section>
      <p className={css.soft}>{words.t('roles.what')}</p>
      <ul className={css.list}>
        {all.roles.map((role) => (
          <li key={role.id} className={css.card}>
            <div className={css.line}>
              <span>
                <b>{roleName(role, t)}</b>
                <br />
                <span className={css.soft}>
                  {role.built_in && `${words.t('roles.builtIn')} · `}
                  {words.n('roles.agents', role.agents)} · {words.n('token.rights', role.rights.length)}
                </span>
              </span>
              <Button small onPress={() => setOpen(open === role.id ? null : role.id)} aria-expanded={open === role.id}>
                {role.built_in ? words.t('audit.details') : t('customer.edit')}
              </Button>
              <Button small onPress={() => void make(freeName(words.t('roles.copyOf', { name: roleName(role, t) }), all), role.rights.filter((right) => desk.me.rights.includes(right)))}>
                {words.t('roles.copy')}
              </Button>
              {!role.built_in && role.agents === 0 && (
                <Button small look="danger" onPress={() => void drop(role)}>
                  {words.t('roles.remove')}
                </Button>
              )}
            </div>
            {open === role.id && <Opened role={role} all={all} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Opened({ role, all }: { role: RoleLine; all: All }) {
  const words = useWords()
  const desk = useDesk()
  const change = useChange<All, Partial<RoleLine>>({
    keys: [['roles'], ['agents'], ['me']],
    send: (wanted) => patch(`/roles/${role.id}`, wanted),
    draw: (old, wanted) => ({ ...old, roles: old.roles.map((one) => (one.id === role.id ? { ...one, ...wanted } : one)) }),
  })
  const said = (name: string) => words.t('roles.changed', { name })
  const rename = (typed: string) => {
    const name = typed.trim()
    if (name && name !== role.name) change({ name }, { name: role.name }, said(name))
  }
  const tick = (right: string, on: boolean) => {
    const rights = all.rights.filter((one) => (one === right ? on : role.rights.includes(one)))
    change({ rights }, { rights: role.rights }, said(role.name))
  }
  return (
    <div className={css.form}>
      {!role.built_in && <Field label={words.t('roles.name')} defaultValue={role.name} maxLength={80} onBlur={(event) => rename(event.target.value)} />}
      <RightsOf all={all.rights} chosen={role.rights} mine={desk.me.rights} onChange={role.built_in ? null : tick} />
    </div>
  )
}

function freeName(wanted: string, { roles }: All): string {
  const taken = new Set(roles.map((role) => role.name))
  let name = wanted
  for (let count = 2; taken.has(name); count++) name = `${wanted} ${count}`
  return name
}
