import { useDesk, useStore, useTexts } from '@/app/context'
import css from './Presence.module.css'

/** Who writes and who else looks, right above the box, where a collision would begin. */
export function Presence({ id }: { id: string }) {
  const desk = useDesk()
  const { t } = useTexts()
  const typing = useStore(desk.typing).filter((one) => one.conversation_id === id && one.who.id !== desk.me.id)
  const viewing = (useStore(desk.presence).viewing[id] ?? []).filter((one) => one.id !== desk.me.id)
  const names = viewing.map((one) => one.name).join(', ')
  return (
    <div className={css.presence} aria-live="polite">
      {typing.map((one) => (
        <span key={one.who.id ?? one.who.kind} className={css.typing} data-kind={one.who.kind}>
          <i aria-hidden>
            <b />
            <b />
            <b />
          </i>
          {t('presence.typing', { name: one.who.name || t('customer.anonymous') })}
        </span>
      ))}
      {names && <span>{t('presence.viewing', { names })}</span>}
    </div>
  )
}
