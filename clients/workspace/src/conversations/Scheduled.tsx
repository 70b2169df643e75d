import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk, useNow, useTexts } from '@/app/context'
import { patch, post, remove } from '@/core/api'
import type { Conversation } from '@/core/conversation'
import { composing, sends } from '@/core/keys'
import type { ScheduledReply } from '@/core/model'
import { readers } from '@/core/names'
import { localValue, moment } from '@/core/time'
import { Button } from '@/ui/Button'
import { Area, Field } from '@/ui/Field'
import css from './Bubble.module.css'
import form from './SnoozeMenu.module.css'

type Changes = Partial<Pick<ScheduledReply, 'text' | 'send_at'>>

/** A reply that waits for its time: what it says, when it goes, and what would keep it back. */
export default function Scheduled({ reply, conversation }: { reply: ScheduledReply; conversation: string }) {
  const { t, language } = useTexts()
  const desk = useDesk()
  const client = useQueryClient()
  const now = useNow()
  const [editing, edit] = useState(false)
  const time = moment(reply.send_at, now, language)
  const path = `/conversations/${conversation}/scheduled`
  const again = () =>
    post(path, {
      client_id: crypto.randomUUID(),
      text: reply.text,
      attachments: reply.attachments?.map((file) => file.id) ?? [],
      send_at: reply.send_at,
      then: reply.then ?? null,
      until: reply.until ?? null,
      only_if_silent: reply.only_if_silent,
      ...(reply.letter && { letter: reply.letter }),
    })
  const drop = () =>
    remove(`${path}/${reply.id}`).then(
      () => desk.say({ key: 'done.unscheduled' }, reply.send_at > Date.now() ? { undo: () => void again().catch(desk.complain) } : {}),
      desk.complain,
    )
  const draw = (changes: Changes) =>
    client.setQueryData<Conversation>(
      ['conversation', conversation],
      (old) => old && { ...old, scheduled: old.scheduled.map((one) => (one.id === reply.id ? { ...one, ...changes } : one)) },
    )
  const before: Changes = { text: reply.text, send_at: reply.send_at }
  const change = async (changes: Changes, quiet = false) => {
    draw(changes)
    try {
      await patch(`${path}/${reply.id}`, changes)
      if (!quiet) desk.say({ key: 'done.rescheduled' }, { undo: () => void change(before, true) })
    } catch (error) {
      draw(before)
      desk.complain(error)
    }
  }
  return (
    <article className={`${css.bubble} ${css.agent}`} data-first data-last data-later aria-label={t('scheduled.label', { time })}>
      {editing ? (
        <Editing
          reply={reply}
          now={now}
          onDone={(changes) => {
            edit(false)
            if (changes) void change(changes)
          }}
        />
      ) : (
        <>
          {reply.letter && <p className={css.label}>{t(reply.letter.forwards ? 'bubble.forwarded' : 'bubble.to', { name: readers(reply.letter) })}</p>}
          <p className={css.text} dir="auto">
            {reply.text}
          </p>
        </>
      )}
      <footer className={css.meta}>
        <span>{reply.author.id === desk.me.id ? t('bubble.you') : reply.author.name}</span>
        <span>{t(reply.only_if_silent ? 'scheduled.unlessWrites' : 'scheduled.at', { time })}</span>
        {!editing && (
          <span className={css.chip}>
            <Button look="quiet" small onPress={() => edit(true)}>
              {t('scheduled.edit')}
            </Button>
            <Button look="quiet" small onPress={() => void drop()}>
              {t('common.cancel')}
            </Button>
          </span>
        )}
      </footer>
    </article>
  )
}

/** Answers what has become different; null: nothing. */
function Editing({ reply, now, onDone }: { reply: ScheduledReply; now: number; onDone: (changes: Changes | null) => void }) {
  const { t } = useTexts()
  const was = localValue(reply.send_at)
  const [text, setText] = useState(reply.text)
  const [when, setWhen] = useState(was)
  // The field knows minutes only: a time that was not touched is the one that was.
  const send_at = when === was ? reply.send_at : new Date(when).getTime()
  const right = send_at > now && (text.trim() !== '' || reply.attachments.length > 0 || !!reply.letter?.forwards)
  const keep = () => {
    if (!right) return
    const changes = { ...(text === reply.text ? {} : { text }), ...(send_at === reply.send_at ? {} : { send_at }) }
    onDone(Object.keys(changes).length ? changes : null)
  }
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault()
        keep()
      }}
      onKeyDown={(event) => {
        if (sends(event.nativeEvent)) keep()
        else if (event.key === 'Escape' && !composing(event.nativeEvent)) onDone(null)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <Area label={t('scheduled.text')} value={text} rows={3} dir="auto" autoFocus onChange={(event) => setText(event.target.value)} />
      <Field
        type="datetime-local"
        label={t('scheduled.when')}
        value={when}
        min={localValue(now)}
        error={send_at > now ? undefined : t('snooze.past')}
        onChange={(event) => setWhen(event.target.value)}
      />
      <span>
        <Button type="submit" look="primary" small isDisabled={!right}>
          {t('common.save')}
        </Button>{' '}
        <Button look="quiet" small onPress={() => onDone(null)}>
          {t('common.cancel')}
        </Button>
      </span>
    </form>
  )
}
