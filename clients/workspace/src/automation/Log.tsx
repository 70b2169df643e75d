import { useQuery } from '@tanstack/react-query'
import css from '@/staff/Settings.module.css'
import own from './automation.module.css'
import { logQuery } from './queries'
import { Where } from './Tried'
import { useWords } from './words'

/** What a rule has done and why, newest first; also what came to nothing. */
export function Log({ id }: { id: string }) {
  const { t } = useWords()
  const doings = useQuery(logQuery(id)).data
  return (
    <section className={own.told} aria-label={t('auto.log')}>
      {doings?.length === 0 && <p className={css.soft}>{t('auto.nothingDone')}</p>}
      <ul className={css.list}>
        {doings?.map((doing) => (
          <li key={doing.id} data-outcome={doing.outcome}>
            <Where id={doing.conversation_id} number={doing.number} name={doing.customer.name} at={doing.at} />
            <br />
            {doing.trouble ?? doing.did.join(' · ')} <span className={css.soft}>{doing.why.join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
