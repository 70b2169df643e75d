"""What can happen to the staff: on the stream of the agent, team or token it is about."""

from goodword.platform.events import Fact
from goodword.staff.model import Availability, Named, Role


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


class SignedIn(Fact):
    agent: Named
    address: str


class SignInFailed(Fact):
    """On the stream of the agent, or on ``sign-in`` where the e-mail address is nobody's."""

    agent: Named | None
    address: str


class PasswordChanged(Fact):
    agent: Named


class TokenCreated(Fact):
    token: Named
    scopes: tuple[str, ...]


class TokenRevoked(Fact):
    token: Named


class TeamCreated(Fact):
    team: Named
    members: tuple[Named, ...]


class TeamEdited(Fact):
    team: Named
    members: tuple[Named, ...]
