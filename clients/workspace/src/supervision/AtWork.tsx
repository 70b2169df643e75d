import { useTexts } from '@/app/context'
import { clock } from '@/core/time'
import { byLoad, type AgentAtWork } from '@/core/wall'
import { Avatar } from '@/ui/Avatar'
import css from './Wall.module.css'

/** Who is there, how much each one has, how much of it is angry, and who rests. */
export function AtWork({ agents, nameless }: { agents: AgentAtWork[]; nameless: boolean }) {
  const { t, n, language } = useTexts()
  const there = byLoad(agents).filter((agent) => agent.online || agent.load > 0)
  return (
    <section aria-label={t('wall.people')}>
      <h2>{t('wall.people')}</h2>
      {there.length === 0 && <p className={css.soft}>{t('wall.nobodyThere')}</p>}
      <ul className={css.people}>
        {there.map((agent, index) => {
          const name = nameless ? t('wall.agentNumber', { number: index + 1 }) : agent.name
          const state = agent.online ? agent.availability : 'offline'
          const standing = agent.paused_until
            ? t('wall.rests', { time: clock(agent.paused_until, language) })
            : t(`availability.${state}`)
          return (
            <li key={agent.id}>
              {!nameless && <Avatar name={agent.name} state={state} />}
              <span>
                <b>{name}</b>
                <br />
                {standing}
                {agent.heated > 0 && ` · ${n('wall.heated', agent.heated)}`}
              </span>
              <meter min={0} max={agent.max_load || 1} value={agent.load} aria-label={t('team.load')} />
              <span>
                {agent.load}/{agent.max_load}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
