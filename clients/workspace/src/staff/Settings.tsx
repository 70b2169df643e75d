import { Link, useParams } from '@tanstack/react-router'
import { Channels } from '@/channels/Channels'
import { CannedAnswers } from '@/canned/CannedAnswers'
import { useDesk, useTexts } from '@/app/context'
import { Page } from '@/ui/Page'
import { Mine } from './Mine'
import css from './Settings.module.css'
import { Tokens } from './Tokens'

const SECTIONS = { me: Mine, canned: CannedAnswers, channels: Channels, tokens: Tokens }
const NEEDED = { me: null, canned: 'conversations.read', channels: 'channels.manage', tokens: 'tokens.manage' }
type Section = keyof typeof SECTIONS

export default function Settings() {
  const { t } = useTexts()
  const { me } = useDesk()
  const { section } = useParams({ strict: false }) as { section: string }
  const offered = (Object.keys(SECTIONS) as Section[]).filter((one) => NEEDED[one] === null || me.rights.includes(NEEDED[one]))
  const current = offered.find((one) => one === section) ?? 'me'
  const Shown = SECTIONS[current]
  return (
    <Page title={t('settings.title')}>
      <nav className={css.sections} aria-label={t('settings.title')}>
        {offered.map((one) => (
          <Link key={one} to="/settings/$section" params={{ section: one }} aria-current={one === current ? 'page' : undefined}>
            {t(`settings.${one}`)}
          </Link>
        ))}
      </nav>
      <Shown />
    </Page>
  )
}
