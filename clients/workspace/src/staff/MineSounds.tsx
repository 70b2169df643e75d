import { useDesk } from '@/app/context'
import type { Preferences, Sounds } from '@/core/model'
import { completed, type Occasion } from '@/core/notify'
import { play } from '@/security/tones'
import { useWords } from '@/security/words'
import { Button } from '@/ui/Button'
import { Check, Field, Select } from '@/ui/Field'
import css from './Settings.module.css'
import { useMine } from './useMine'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** What is heard and when nothing is; everything counts at once. */
export function MineSounds() {
  const words = useWords()
  const desk = useDesk()
  const { me, prefer } = useMine()
  const own = completed(me.preferences)
  const { sounds, quiet_hours: quiet } = own
  const sound = (what: Partial<Sounds>) => prefer({ sounds: { ...sounds, ...what } })
  const hours = (what: Partial<NonNullable<Preferences['quiet_hours']>>) => prefer({ quiet_hours: { ...quiet!, ...what } })
  const wantDesktop = async (on: boolean) => {
    const allowed = !on || (await Notification.requestPermission()) === 'granted'
    if (allowed) prefer({ desktop: on })
    else desk.say(words.t('me.desktopDenied'), { tone: 'trouble' })
  }
  const occasions: [keyof Sounds, Occasion][] = [
    ['assigned', 'assigned'],
    ['mentioned', 'mentioned'],
    ['queue', 'queue'],
  ]
  return (
    <section>
      <h2>{words.t('me.sounds')}</h2>
      <Check label={words.t('sounds.on')} checked={sounds.on} onChange={(event) => sound({ on: event.target.checked })} />
      {sounds.on && (
        <>
          <Field label={words.t('sounds.volume')} type="range" min={0} max={100} step={10} value={sounds.volume} onChange={(event) => sound({ volume: Number(event.target.value) })} />
          <Select label={words.t('sounds.messages')} value={sounds.messages} onChange={(event) => sound({ messages: event.target.value as Sounds['messages'] })}>
            {['all', 'risky', 'none'].map((which) => (
              <option key={which} value={which}>
                {words.t(`sounds.messages.${which}`)}
              </option>
            ))}
          </Select>
          {occasions.map(([name, occasion]) => (
            <div key={name} className={css.line}>
              <Check label={words.t(`sounds.${name}`)} checked={Boolean(sounds[name])} onChange={(event) => sound({ [name]: event.target.checked })} />
              <Button small look="quiet" onPress={() => play(occasion, sounds.volume)} aria-label={`${words.t('sounds.try')}: ${words.t(`sounds.${name}`)}`}>
                {words.t('sounds.try')}
              </Button>
            </div>
          ))}
        </>
      )}
      <Check label={words.t('me.desktop')} checked={own.desktop} onChange={(event) => void wantDesktop(event.target.checked)} />
      <Check label={words.t('me.focus')} checked={own.focus} onChange={(event) => prefer({ focus: event.target.checked })} />
      <Check
        label={words.t('quiet.on')}
        checked={quiet !== null}
        onChange={(event) => prefer({ quiet_hours: event.target.checked ? { from: '22:00', to: '07:00', time_zone: ZONE } : null })}
      />
      {quiet && (
        <div className={css.line}>
          <Field label={words.t('quiet.from')} type="time" required value={quiet.from} onChange={(event) => event.target.value && hours({ from: event.target.value })} />
          <Field label={words.t('quiet.to')} type="time" required value={quiet.to} onChange={(event) => event.target.value && hours({ to: event.target.value })} />
          <span className={css.soft}>{words.t('quiet.zone', { zone: quiet.time_zone })}</span>
        </div>
      )}
    </section>
  )
}
