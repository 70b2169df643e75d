import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button as AriaButton } from 'react-aria-components'
import { useDesk, useTexts } from '@/app/context'
import { agentsQuery, dutyQuery, meQuery } from '@/app/queries'
import { put, remove } from '@/core/api'
import type { Availability, Me } from '@/core/model'
import type { Standing } from '@/core/shifts'
import { clock } from '@/core/time'
import { Avatar } from '@/ui/Avatar'
import { Item, MenuButton, Section } from '@/ui/Menu'
import css from './MyAvailability.module.css'

const STATES: Availability[] = ['available', 'away', 'offline']

/** My picture on the rail: whether I take conversations, who else is there, and the way out. */
export function MyAvailability() {
  const { t, language } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const duty = useQuery(dutyQuery()).data
  const workNow = useMutation({
    mutationFn: (now: boolean) => put<Standing>('/me/duty', { now }),
    onSuccess: (fresh) => client.setQueryData(dutyQuery().queryKey, fresh),
    onError: desk.complain,
  })
  const me = useQuery(meQuery()).data ?? desk.me
  const colleagues = (useQuery(agentsQuery()).data ?? []).filter((agent) => agent.online && agent.id !== me.id)
  const change = useMutation({
    mutationFn: (availability: Availability) => put<Me>('/me/availability', { availability }),
    onMutate: (availability) => client.setQueryData<Me>(meQuery().queryKey, (old) => old && { ...old, availability }),
    onSuccess: (fresh) => client.setQueryData(meQuery().queryKey, fresh),
    onError: (error) => {
      desk.complain(error)
      void client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  const leave = async () => {
    await remove('/session').catch(() => undefined)
    location.assign('/workspace/')
  }

  const button = (
    <AriaButton className={css.me!}>
      <Avatar name={me.name} state={me.availability} />
      <span className={css.word}>{t(`availability.${me.availability}`)}</span>
      <span className="sr-only">{t('availability.change', { name: me.name })}</span>
    </AriaButton>
  )
  return (
    <MenuButton button={button} label={me.name}>
      <Section title={me.name}>
        {STATES.map((state) => (
          <Item key={state} onAction={() => change.mutate(state)} checked={me.availability === state}>
            {t(`availability.${state}`)}
          </Item>
        ))}
        {duty?.has_shifts && (!duty.is_on || duty.extra) && (
          <Item onAction={() => workNow.mutate(!duty.extra)} checked={duty.extra} detail={duty.begins_at && !duty.extra ? clock(duty.begins_at, language) : undefined}>
            {t(duty.extra ? 'shifts.extra' : 'shifts.workNow')}
          </Item>
        )}
      </Section>
      {colleagues.length > 0 && (
        <Section title={t('availability.there')}>
          {colleagues.map((agent) => (
            <Item key={agent.id} id={agent.id} detail={t(`availability.${agent.availability}`)}>
              {agent.name}
            </Item>
          ))}
        </Section>
      )}
      <Section title={me.email}>
        <Item onAction={() => void leave()}>{t('availability.signOut')}</Item>
      </Section>
    </MenuButton>
  )
}
