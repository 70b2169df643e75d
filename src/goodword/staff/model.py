"""Who answers: agents, their teams, what they may do; rules that need nothing but them."""

from typing import Final, Literal

import msgspec

from goodword.platform import ids
from goodword.platform.clock import DAY, MINUTE, SECOND
from goodword.platform.errors import BadInput, Forbidden
from goodword.platform.events import Actor, Stamp
from goodword.staff.preferences import Preferences
from goodword.staff.shifts import Shifts

BuiltIn = Literal["admin", "supervisor", "senior", "agent", "editor", "analyst"]
Role = str
"""A ``BuiltIn`` one, or the id of one that was made here."""
Availability = Literal["available", "away", "offline"]
Theme = Literal["auto", "light", "dark"]
Density = Literal["comfortable", "compact"]
Strategy = Literal["least_loaded", "round_robin"]

RIGHTS: Final = (
    "conversations.read",
    "conversations.answer",
    "conversations.assign",
    "conversations.remove",
    "customers.read",
    "customers.edit",
    "knowledge.read",
    "knowledge.edit",
    "staff.read",
    "staff.manage",
    "channels.manage",
    "tokens.manage",
    "insights.read",
    "views.share",
    "fields.manage",
    "automation.manage",
    "routing.manage",
    "supervision.watch",
    "roles.manage",
    "security.manage",
    "audit.read",
)
_READS: Final = frozenset({"conversations.read", "customers.read", "knowledge.read", "staff.read"})
_ANSWERS: Final = _READS | {"conversations.answer", "conversations.assign", "customers.edit"}
ROLES: Final[dict[str, frozenset[str]]] = {
    "admin": frozenset(RIGHTS),
    "supervisor": _ANSWERS
    | {
        "conversations.remove",
        "knowledge.edit",
        "insights.read",
        "views.share",
        "fields.manage",
        "automation.manage",
        "routing.manage",
        "supervision.watch",
    },
    "senior": _ANSWERS | {"conversations.remove", "knowledge.edit", "views.share"},
    "agent": _ANSWERS,
    "editor": _READS | {"knowledge.edit"},
    "analyst": _READS | {"insights.read"},
}

COOKIE: Final = "goodword_session"
DEVICE_COOKIE: Final = "goodword_device"
SIGNED_IN_FOR: Final = 14 * DAY
# How long a browser is known after the last sign-in.
REMEMBERED_FOR: Final = 180 * DAY
# Somebody who is at work sends a beat every 15 seconds; three may get lost.
SEEN_WITHIN: Final = 45 * SECOND

PRESENCE_DUE: Final = "staff.presence_due"

WINDOW: Final = 15 * MINUTE
# With one e-mail address from one place, or from a browser that was let in before.
MOST_FAILURES_HERE: Final = 10
# A whole office may come from one address.
MOST_FAILURES_OF_ADDRESS: Final = 30
# From everywhere. Whoever comes with a browser that was let in before doesn't care: strangers can't lock him out.
MOST_FAILURES_OF_EMAIL: Final = 60

SHORTEST_PASSWORD: Final = 10
LONGEST_PASSWORD: Final = 200


class Named(msgspec.Struct, frozen=True):
    id: str
    name: str


class Agent(msgspec.Struct, frozen=True):
    """A person of the staff: ``languages`` he answers in, ``language`` of his workspace, ``max_load`` talks at once."""

    id: str
    email: str
    name: str
    role: Role
    languages: tuple[str, ...]
    language: str
    theme: Theme
    density: Density
    availability: Availability
    online: bool
    max_load: int
    disabled: bool
    created_at: int
    preferences: Preferences = Preferences()
    # Of a role that was made here; nothing where the role is built in.
    role_name: str = ""
    role_rights: tuple[str, ...] = ()

    @property
    def named(self) -> Named:
        return Named(self.id, self.name)

    @property
    def rights(self) -> frozenset[str]:
        return ROLES[self.role] if self.role in ROLES else frozenset(self.role_rights)


class AvailableAgent(msgspec.Struct, frozen=True):
    """One who can be given a conversation now."""

    id: str
    name: str
    languages: tuple[str, ...]
    max_load: int


class Team(msgspec.Struct, frozen=True):
    """Agents who share a kind of work.

    When for ``overflow_minutes`` none of them could take a conversation (None: however long), it may go to the team
    ``overflow_to``, or where that is None to everyone. ``any_language``: better in another language than not at all.
    ``shifts`` are those of members who have none of their own.
    """

    id: str
    name: str
    members: tuple[str, ...] = ()
    strategy: Strategy = "least_loaded"
    overflow_minutes: int | None = 10
    overflow_to: str | None = None
    any_language: bool = True
    shifts: Shifts | None = None

    @property
    def named(self) -> Named:
        return Named(self.id, self.name)


class Token(msgspec.Struct, frozen=True):
    """A key for another program; ``scopes`` are the rights it has, as far as who made it has them still."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_by: str
    created_at: int
    last_used_at: int | None = None
    expires_at: int | None = None


class Profile(msgspec.Struct, frozen=True):
    """What is asked of a new agent. ``languages``: those he answers in; none means the one he reads."""

    name: str
    email: str
    role: Role = "agent"
    language: str = "en"
    languages: tuple[str, ...] = ()
    max_load: int = 6


class Place(msgspec.Struct, frozen=True):
    """Where somebody comes from: network address, what his browser calls itself, what it was given to be known by."""

    address: str
    browser: str = ""
    device: str = ""

    @property
    def device_hash(self) -> str:
        return ids.fingerprint(self.device) if self.device else ""


class Session(msgspec.Struct, frozen=True):
    """A browser in which an agent is signed in."""

    hash: str
    address: str
    browser: str
    created_at: int
    last_seen_at: int

    @property
    def id(self) -> str:
        """For his own eyes: enough to tell his few sessions apart, too little to find the secret."""
        return self.hash[:16]


class Caller(msgspec.Struct, frozen=True):
    """Who asks: an agent with a session, or a program with a token. Exactly one of the two is set."""

    agent: Agent | None = None
    token: Token | None = None
    session_hash: str | None = None

    @property
    def rights(self) -> frozenset[str]:
        return self.agent.rights if self.agent else frozenset(self.token.scopes if self.token else ())

    @property
    def actor(self) -> Actor:
        if self.agent:
            return Actor("agent", self.agent.id, self.agent.name)
        assert self.token
        return Actor("system", self.token.id, self.token.name)

    @property
    def person(self) -> Agent:
        """``Forbidden`` where a program calls what only a person can mean."""
        if self.agent is None:
            raise Forbidden("people_only")
        return self.agent

    def need(self, right: str) -> None:
        """``Forbidden`` unless the caller has ``right``: for what is only read."""
        self.stamp(0).need(right)

    def stamp(self, at: int) -> Stamp:
        return Stamp(at, self.actor, rights=self.rights)


def check_not_above(stamp: Stamp, rights: frozenset[str]) -> None:
    """``Forbidden`` where ``rights`` hold one that the actor hasn't: nobody gives it, nor touches who has it."""
    for right in RIGHTS:
        if right in rights:
            stamp.need(right)


def check_password(password: str, email: str) -> None:
    """``BadInput`` with the reason: too short, too long, or the e-mail address itself."""
    reason = ""
    if len(password) < SHORTEST_PASSWORD:
        reason = "password_short"
    elif len(password) > LONGEST_PASSWORD:
        reason = "password_long"
    elif password.strip().casefold() in (email.casefold(), email.casefold().partition("@")[0]):
        reason = "password_is_email"
    if reason:
        raise BadInput(reason, fields={"password": reason}, shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)


def check_scopes(scopes: tuple[str, ...], rights: frozenset[str] | None) -> tuple[str, ...]:
    """In the order of ``RIGHTS``, each once. ``BadInput``: none, or unknown; ``Forbidden``: more than the giver has."""
    if not scopes or not set(scopes) <= set(RIGHTS):
        raise BadInput("scopes", fields={"scopes": "scopes"})
    for scope in scopes:
        if rights is not None and scope not in rights:
            raise Forbidden("right", right=scope)
    return tuple(right for right in RIGHTS if right in scopes)


def wait_after(failures: list[int], most: int, now: int) -> int:
    """Milliseconds until one more sign-in may be tried, given when earlier ones failed; 0: now."""
    recent = sorted(at for at in failures if at > now - WINDOW)
    return recent[-most] + WINDOW - now if len(recent) >= most else 0
