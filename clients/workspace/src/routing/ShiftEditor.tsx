import { useState } from 'react'
import { useTexts } from '@/app/context'
import { copyDay, dayName, EVERY_DAY, hereZone, hoursOf, inOrder, onBar, usualWeek, WEEKDAYS, withAnother, withDay, zones, type Shifts, type Span } from '@/core/shifts'
import settings from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Select } from '@/ui/Field'
import { Icon } from '@/ui/Icon'
import { Item, MenuButton } from '@/ui/Menu'
import { OtherDaysEditor } from './OtherDaysEditor'
import css from './Routing.module.css'

/** A week of hours. Every change is handed on as soon as it makes sense; `without` says what holds when there is none. */
export function ShiftEditor({ shifts, without, onChange }: {
  shifts: Shifts | null
  without: string
  onChange: (shifts: Shifts | null) => void
}) {
  const { t, n, language } = useTexts()
  if (!shifts) {
    return (
      <div className={settings.line}>
        <p className={settings.soft}>{without}</p>
        <Button small onPress={() => onChange(usualWeek(hereZone()))}>
          {t('shifts.set')}
        </Button>
      </div>
    )
  }
  return (
    <div>
      {EVERY_DAY.map((day) => (
        <Day
          key={day}
          name={dayName(day, language)}
          spans={shifts.week[day] ?? []}
          onChange={(spans) => onChange(withDay(shifts, day, spans))}
          onCopy={(days) => onChange(copyDay(shifts, day, days))}
        />
      ))}
      <div className={settings.list}>
        <div className={settings.line}>
          <p className={settings.soft}>{n('shifts.hours', Math.round(hoursOf(shifts) * 10) / 10)}</p>
          <Button small look="quiet" onPress={() => onChange(null)}>
            {t('shifts.remove')}
          </Button>
        </div>
        <Select label={t('shifts.timezone')} value={shifts.timezone} onChange={(event) => onChange({ ...shifts, timezone: event.target.value })}>
          {zones(shifts.timezone).map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </Select>
        <OtherDaysEditor days={shifts.other_days} onChange={(other_days) => onChange({ ...shifts, other_days })} />
      </div>
    </div>
  )
}

function Day({ name, spans, onChange, onCopy }: {
  name: string
  spans: Span[]
  onChange: (spans: Span[]) => void
  onCopy: (days: readonly number[]) => void
}) {
  const { t } = useTexts()
  return (
    <div className={css.day} role="group" aria-label={name}>
      <span>{name}</span>
      <Hours spans={spans} of={name} onChange={onChange} />
      <MenuButton
        label={t('shifts.copyOf', { day: name })}
        button={
          <Button small look="quiet" icon aria-label={t('shifts.copyOf', { day: name })}>
            <Icon name="more" size={16} />
          </Button>
        }
      >
        <Item onAction={() => onCopy(WEEKDAYS)}>{t('shifts.copyWeekdays')}</Item>
        <Item onAction={() => onCopy(EVERY_DAY)}>{t('shifts.copyAll')}</Item>
        <Item onAction={() => onChange([])}>{t('shifts.free')}</Item>
      </MenuButton>
    </div>
  )
}

/** The stretches of one day; kept here while they don't follow each other, and said so. */
export function Hours({ spans, of, onChange }: { spans: Span[]; of: string; onChange: (spans: Span[]) => void }) {
  const { t } = useTexts()
  const [typed, type] = useState<Span[] | null>(null)
  const shown = typed ?? spans
  const right = inOrder(shown)
  const change = (next: Span[]) => {
    if (inOrder(next)) {
      type(null)
      onChange(next)
    } else type(next)
  }
  const edit = (at: number, change_: Partial<Span>) => type(shown.map((span, number) => (number === at ? { ...span, ...change_ } : span)))
  return (
    <div className={css.spans} onBlur={(event) => typed && !event.currentTarget.contains(event.relatedTarget) && change(typed)}>
      {shown.map((span, number) => (
        <div key={number} className={css.span}>
          {(['start', 'end'] as const).map((edge) => (
            <input
              key={edge}
              type="time"
              required
              className={css.time}
              aria-label={`${of}: ${t(`shifts.${edge}`)}`}
              aria-invalid={!right || undefined}
              value={span[edge] === '24:00' ? '00:00' : span[edge]}
              onChange={(event) => event.target.value && edit(number, { [edge]: event.target.value })}
              onKeyDown={(event) => event.key === 'Enter' && typed && change(typed)}
            />
          ))}
          <Button small look="quiet" icon aria-label={t('shifts.removeHours', { day: of })} onPress={() => change(shown.filter((_, at) => at !== number))}>
            <Icon name="close" size={16} />
          </Button>
        </div>
      ))}
      {shown.length === 0 && <span className={settings.soft}>{t('shifts.free')}</span>}
      {withAnother(shown).length > shown.length && (
        <Button small look="quiet" aria-label={t('shifts.addTo', { day: of })} onPress={() => change(withAnother(shown))}>
          <Icon name="plus" size={16} /> {t(shown.length ? 'shifts.afterBreak' : 'shifts.add')}
        </Button>
      )}
      {!right && <p role="alert">{t('shifts.overlap')}</p>}
      <div className={css.bar} aria-hidden>
        {shown.map((span, number) => {
          const { from, width } = onBar(span)
          return <i key={number} style={{ insetInlineStart: `${from}%`, width: `${width}%` }} />
        })}
      </div>
    </div>
  )
}
