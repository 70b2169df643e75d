"""What can happen to the staff: on the stream of the agent, team or token it is about."""

from goodword.platform.events import Fact
from goodword.staff.model import Availability, Named, Role, Team


class AgentAdded(Fact):
    agent: Named
    role: Role


class AgentEdited(Fact):
    """``changed``: names of the fields; the values of some are nobody else's business."""

    agent: Named
    role: Role
    changed: tuple[str, ...]


class AgentDisabled(Fact):
    agent: Named


class AgentEnabled(Fact):
    agent: Named


class AgentAvailabilityChanged(Fact):
    """``availability`` is what the agent chose, ``online`` whether a workspace of his is open."""

    agent: Named
    availability: Availability
    online: bool


class AgentDutyChanged(Fact):
    """What may be given to him, and when. ``changed``: names of the fields of ``Duty``."""

    agent: Named
    changed: tuple[str, ...]


class SignedIn(Fact):
    agent: Named
    address: str


class SignInFailed(Fact):
    """On the stream of the agent, or on ``sign-in`` where the e-mail address is nobody's."""

    agent: Named | None
    address: str


class PasswordChanged(Fact):
    agent: Named


class SessionsEnded(Fact):
    """``count`` of his sessions were ended from another one."""

    agent: Named
    count: int


class TwoFactorTurnedOn(Fact):
    agent: Named


class TwoFactorTurnedOff(Fact):
    """By himself, or by somebody who manages the staff."""

    agent: Named


class SecondFactorFailed(Fact):
    """The password was right and the code was not."""

    agent: Named
    address: str


class RecoveryCodeUsed(Fact):
    agent: Named
    left: int


class RecoveryCodesMade(Fact):
    agent: Named


class ProviderLinked(Fact):
    """He came through the sign-in provider for the first time."""

    agent: Named
    issuer: str


class ProviderUnlinked(Fact):
    agent: Named


class ProviderRefused(Fact):
    """Somebody came from the sign-in provider and was not let in."""

    agent: Named | None
    reason: str
    address: str


class ProviderChanged(Fact):
    """``issuer``: None when signing in through a provider was switched off."""

    issuer: str | None


class TwoFactorRequired(Fact):
    """For these roles from now on; names as people were shown them."""

    roles: tuple[Named, ...]


class AuditExported(Fact):
    """On the stream ``audit``: somebody took the audit log away as a file."""

    format: str
    kind: str | None = None
    person: str | None = None


class RoleCreated(Fact):
    role: Named
    rights: tuple[str, ...]


class RoleEdited(Fact):
    role: Named
    rights: tuple[str, ...]
    previous: tuple[str, ...]


class RoleRemoved(Fact):
    role: Named


class TokenCreated(Fact):
    token: Named
    scopes: tuple[str, ...]
    expires_at: int | None = None


class TokenRevoked(Fact):
    token: Named


class TeamCreated(Fact):
    team: Named
    members: tuple[Named, ...]


class TeamEdited(Fact):
    team: Named
    members: tuple[Named, ...]


class TeamRemoved(Fact):
    """``whole``: as it was, so that it can be fetched back for a while."""

    team: Named
    whole: Team


class TeamRestored(Fact):
    team: Named
    members: tuple[Named, ...]


class TeamForgotten(Fact):
    """It can't be fetched back any more: whatever names it lets go of it."""

    team: Named
