import { useState } from 'react'
import { useTexts } from '@/app/context'
import { labelsOf, type RoutingSettings } from '@/core/routing'
import settingsCss from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'
import { Check, Field, Select } from '@/ui/Field'
import { Icon } from '@/ui/Icon'
import type { Change } from './Routing'
import css from './Routing.module.css'
import { Count, Sentence } from './Sentence'

/** What agents can be good at, and which tags ask for it. */
export function Skills({ settings, set }: { settings: RoutingSettings; set: Change }) {
  const { t } = useTexts()
  const [typed, type] = useState('')
  const names = settings.skills.map(({ name }) => name)
  const add = () => {
    const added = labelsOf(typed).filter((name) => !names.includes(name))
    if (added.length) set('skills', [...settings.skills, ...added.map((name) => ({ name, must: false }))])
    type('')
  }
  return (
    <section>
      <h2>{t('routing.skills')}</h2>
      {settings.skills.length === 0 && <p className={settingsCss.soft}>{t('routing.skillsNone')}</p>}
      {settings.skills.map((skill) => (
        <div key={skill.name} className={settingsCss.line}>
          <b>{skill.name}</b>
          <Check
            label={t('routing.must')}
            checked={skill.must}
            onChange={() => set('skills', settings.skills.map((one) => (one === skill ? { ...one, must: !one.must } : one)))}
          />
          <Button
            small
            look="quiet"
            icon
            isDisabled={Object.values(settings.tags).includes(skill.name)}
            aria-label={t('routing.removeSkill', { skill: skill.name })}
            onPress={() => set('skills', settings.skills.filter((one) => one !== skill))}
          >
            <Icon name="close" size={16} />
          </Button>
        </div>
      ))}
      <form
        className={settingsCss.adding}
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <Field label={t('routing.newSkill')} value={typed} maxLength={200} onChange={(event) => type(event.target.value)} />
        <Button type="submit">{t('routing.add')}</Button>
      </form>
      {names.length > 0 && (
        <>
          <Sentence
            words="routing.skillWait"
            slots={{ minutes: <Count label={t('routing.skillWaitLabel')} value={settings.skill_minutes} onChange={(value) => set('skill_minutes', value)} /> }}
          />
          <Tags settings={settings} set={set} names={names} />
        </>
      )}
    </section>
  )
}

function Tags({ settings, set, names }: { settings: RoutingSettings; set: Change; names: string[] }) {
  const { t } = useTexts()
  const [tag, setTag] = useState('')
  const [skill, setSkill] = useState(names[0]!)
  const without = (gone: string) => Object.fromEntries(Object.entries(settings.tags).filter(([one]) => one !== gone))
  return (
    <>
      <div className={css.chips}>
        {Object.entries(settings.tags).map(([tag, skill]) => (
          <span key={tag} className={css.chip}>
            {t('routing.tagNeeds', { tag, skill })}
            <Button small look="quiet" icon aria-label={t('routing.removeTag', { tag })} onPress={() => set('tags', without(tag))}>
              <Icon name="close" size={16} />
            </Button>
          </span>
        ))}
      </div>
      <form
        className={settingsCss.adding}
        onSubmit={(event) => {
          event.preventDefault()
          if (tag.trim()) set('tags', { ...settings.tags, [tag.trim()]: names.includes(skill) ? skill : names[0]! })
          setTag('')
        }}
      >
        <Field label={t('routing.tag')} value={tag} maxLength={40} onChange={(event) => setTag(event.target.value)} />
        <Select label={t('routing.needs')} value={skill} onChange={(event) => setSkill(event.target.value)}>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <Button type="submit">{t('routing.add')}</Button>
      </form>
    </>
  )
}
