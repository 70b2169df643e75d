import { useDesk, useTexts } from '@/app/context'
import type { Channel } from '@/core/model'
import css from '@/staff/Settings.module.css'
import { Button } from '@/ui/Button'

/** The line that puts the chat onto a page. */
export function Snippet({ channel }: { channel: Channel }) {
  const { t, language } = useTexts()
  const greet = (channel.settings['greetings'] as unknown[] | undefined)?.length ? ' data-greet' : ''
  const source = location.origin + (channel.script ?? '/widget.js')
  const snippet = `<script src="${source}" data-channel="${channel.key}" data-language="${language}"${greet} defer></script>`
  return (
    <>
      <p className={css.soft}>{t('channels.snippet')}</p>
      <code className={css.code}>{snippet}</code>
      <div>
        <Copy words={snippet} what={t('channels.copy')} />
      </div>
    </>
  )
}

export function Copy({ words, what }: { words: string; what: string }) {
  const desk = useDesk()
  const copy = () =>
    void navigator.clipboard.writeText(words).then(
      () => desk.say({ key: 'channels.copied' }),
      () => desk.say({ key: 'error.unknown' }, { tone: 'trouble' }),
    )
  return (
    <Button small onPress={copy}>
      {what}
    </Button>
  )
}
