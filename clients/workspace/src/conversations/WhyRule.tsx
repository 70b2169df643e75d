import { useQuery } from '@tanstack/react-query'
import { useTexts } from '@/app/context'
import { get } from '@/core/api'
import type { NoticeEvent } from '@/core/timeline'
import css from './Notice.module.css'

type Applied = Extract<NoticeEvent, { type: 'RuleApplied' | 'MacroApplied' }>

/** What a rule or macro did here, and what had to hold for it. */
export default function WhyRule({ event }: { event: Applied }) {
  const { t } = useTexts()
  const explained = useQuery({
    queryKey: ['applied', event.id],
    queryFn: () => get<{ why: string[]; did: string[] }>(`/conversations/${event.stream}/applied/${event.id}`),
    staleTime: Infinity,
  }).data
  if (!explained) return null
  return (
    <span className={css.why} role="status">
      {explained.why.length > 0 && <Lines title={t('why.because')} lines={explained.why} />}
      <Lines title={t('why.did')} lines={explained.did} />
    </span>
  )
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <>
      <b>{title}</b>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </>
  )
}
