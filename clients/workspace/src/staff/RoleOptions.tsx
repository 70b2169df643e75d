import { useQuery } from '@tanstack/react-query'
import { useTexts } from '@/app/context'
import { ROLES } from '@/core/model'
import { roleName, rolesQuery } from '@/security/queries'

const BUILT_IN = ROLES.map((id) => ({ id, name: '' }))

/** The roles that can be given; the built-in ones until the others are known. */
export function RoleOptions() {
  const { t } = useTexts()
  const roles = useQuery(rolesQuery()).data?.roles ?? BUILT_IN
  return roles.map((role) => (
    <option key={role.id} value={role.id}>
      {roleName(role, t)}
    </option>
  ))
}
