/** What may be done to fields of one's own; each deed is drawn at once, and has Undo where there is a way back. */

import { useQueryClient } from '@tanstack/react-query'
import { useDesk } from '@/app/context'
import { draw } from '@/app/draw'
import { fieldsQuery } from '@/app/queries'
import { patch, post, remove } from '@/core/api'
import type { Field } from '@/core/model'

export function useChangeField() {
  const desk = useDesk()
  const client = useQueryClient()
  const key = fieldsQuery().queryKey
  const drawn = (change: (fields: Field[]) => Field[]) => draw<Field[]>(client, key, change)
  const again = () => client.invalidateQueries({ queryKey: key })
  const attempt = (deed: () => Promise<unknown>) => desk.attempt(deed).finally(again)

  const change = async (field: Field, to: Partial<Pick<Field, 'label' | 'options'>>, undo = true) => {
    drawn((fields) => fields.map((one) => (one.id === field.id ? { ...one, ...to } : one)))
    const done = await attempt(() => patch(`/fields/${field.id}`, to))
    const back = Object.fromEntries(Object.keys(to).map((name) => [name, field[name as 'label']]))
    if (done && undo) desk.say({ key: 'fields.changed', values: { name: to.label ?? field.label } }, { undo: () => void change(field, back, false) })
  }

  return {
    change,
    add: async (field: Pick<Field, 'label' | 'kind' | 'options' | 'on'>) => {
      await post('/fields', field)
      await again()
    },
    /** Puts the field at `from` to where another stands; the server is told each place that changes. */
    move: async (fields: readonly Field[], from: number, to: number) => {
      const order = [...fields]
      order.splice(to, 0, ...order.splice(from, 1))
      const places = new Map(order.map((field, position) => [field.id, position]))
      drawn((all) => all.map((one) => ({ ...one, position: places.get(one.id) ?? one.position })))
      const moved = order.filter((field) => places.get(field.id) !== field.position)
      await attempt(async () => {
        for (const field of moved) await patch(`/fields/${field.id}`, { position: places.get(field.id) })
      })
    },
    /** Values stay where they were written, and are there again when the field is brought back under its key. */
    drop: async (field: Field) => {
      drawn((fields) => fields.filter((one) => one.id !== field.id))
      const { key: own, label, kind, options, on, position } = field
      const bring = () => attempt(() => post('/fields', { key: own, label, kind, options, on, position }))
      if (await attempt(() => remove(`/fields/${field.id}`))) {
        desk.say({ key: 'fields.removed', values: { name: label } }, { undo: () => void bring() })
      }
    },
  }
}
