import { useNavigate } from '@tanstack/react-router'
import { useTexts } from '@/app/context'
import { usePaletteActions } from '@/app/paletteActions'
import { useMine } from './useMine'

/** Draws nothing: offers to work through one's own list undisturbed, and to end that. */
export default function Focus() {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { me, prefer } = useMine()
  const on = me.preferences.focus ?? false
  const change = () => {
    prefer({ focus: !on })
    if (!on) void navigate({ to: '/inbox/$view', params: { view: 'mine' }, search: {} })
  }
  usePaletteActions(() => [{ id: 'focus', title: t(on ? 'focus.off' : 'focus.on'), run: change, group: 'everywhere' }])
  return null
}
