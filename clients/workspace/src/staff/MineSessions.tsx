import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useDesk, useNow, useTexts } from '@/app/context'
import { remove } from '@/core/api'
import { browserOf } from '@/core/browser'
import { age } from '@/core/time'
import { sessionsQuery } from '@/security/queries'
import { useWords } from '@/security/words'
import { Button } from '@/ui/Button'
import css from './Settings.module.css'

/** The browsers that are in under my name. */
export function MineSessions() {
  const words = useWords()
  const { t, language } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const now = useNow()
  const sessions = useQuery(sessionsQuery()).data ?? []
  const end = (which: string) =>
    void remove(`/me/sessions${which}`).then(() => {
      desk.say(words.t('sessions.ended'))
      return client.invalidateQueries({ queryKey: ['sessions'] })
    }, desk.complain)
  return (
    <section>
      <h2>{words.t('sessions.title')}</h2>
      <ul className={css.list}>
        {sessions.map((session) => (
          <li key={session.id} className={`${css.card} ${css.line}`}>
            <span>
              <b>{browserOf(session.browser) || words.t('sessions.unknown')}</b> {session.current && `· ${words.t('sessions.this')}`}
              <br />
              <span className={css.soft}>
                {words.t('sessions.seen', { age: age(session.last_seen_at, now, language, t('time.now')), address: session.address })}
              </span>
            </span>
            {!session.current && (
              <Button small onPress={() => end(`/${session.id}`)}>
                {words.t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <div>
          <Button onPress={() => end('')}>{words.t('sessions.endOthers')}</Button>
        </div>
      )}
    </section>
  )
}
