import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDesk, useTexts } from '@/app/context'
import css from '@/app/Frame.module.css'
import { get, post, remove } from '@/core/api'
import { clock } from '@/core/time'
import { Button } from '@/ui/Button'

interface MyPause {
  offered_for: string | null
  until: number | null
  minutes: number[]
}

export const pauseQuery = () => queryOptions({ queryKey: ['pause'], queryFn: () => get<MyPause>('/me/pause'), staleTime: 60_000 })

/** After what was hard to read: a break, if one wants it. Seen by oneself alone. */
export default function PauseOffer() {
  const { t, language } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const pause = useQuery(pauseQuery()).data
  const done = () => {
    void client.invalidateQueries({ queryKey: ['pause'] })
    void client.invalidateQueries({ queryKey: ['me'] })
  }
  const take = (minutes: number) => void post<MyPause>('/me/pause', { minutes }).then(done, desk.complain)
  if (!pause || (!pause.until && !pause.offered_for)) return null
  return (
    <div role="status" className={css.pause}>
      {pause.until ? (
        <>
          <span>{t('pause.running', { time: clock(pause.until, language) })}</span>
          <Button small onPress={() => void remove('/me/pause').then(done, desk.complain)}>
            {t('pause.end')}
          </Button>
        </>
      ) : (
        <>
          <span>{t('pause.offered')}</span>
          {pause.minutes.map((minutes) => (
            <Button small key={minutes} onPress={() => take(minutes)}>
              {t('pause.take', { minutes })}
            </Button>
          ))}
          <Button small look="quiet" onPress={() => void post('/me/pause/decline', {}).then(done, desk.complain)}>
            {t('pause.decline')}
          </Button>
        </>
      )}
    </div>
  )
}
