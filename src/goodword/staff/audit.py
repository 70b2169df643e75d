"""What of the log is kept an eye on: who came in, who was given what, who changed, removed, watched or took away."""

from collections.abc import AsyncIterator, Mapping
from typing import Final

import msgspec

from goodword.platform.db import Database, Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Event, Stamp, append, of_types
from goodword.staff.events import AuditExported

# By name: most of these facts belong to packages above, and the log knows them by name alone.
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "sign_in": (
        "SignedIn",
        "SignInFailed",
        "SecondFactorFailed",
        "PasswordChanged",
        "SessionsEnded",
        "TwoFactorTurnedOn",
        "TwoFactorTurnedOff",
        "RecoveryCodeUsed",
        "RecoveryCodesMade",
        "ProviderLinked",
        "ProviderUnlinked",
        "ProviderRefused",
    ),
    "staff": (
        "AgentAdded",
        "AgentEdited",
        "AgentDisabled",
        "AgentEnabled",
        "AgentDutyChanged",
        "TeamCreated",
        "TeamEdited",
        "TeamRemoved",
        "TeamRestored",
        "RoleCreated",
        "RoleEdited",
        "RoleRemoved",
    ),
    "settings": (
        "ProviderChanged",
        "TwoFactorRequired",
        "TokenCreated",
        "TokenRevoked",
        "ChannelAdded",
        "ChannelEdited",
        "ChannelTokenRenewed",
        "FieldDefined",
        "FieldEdited",
        "RoutingChanged",
        "RuleKept",
        "MacroKept",
        "CannedAnswerKept",
        "ViewSaved",
    ),
    "deletions": (
        "RoleRemoved",
        "TeamRemoved",
        "TokenRevoked",
        "FieldRemoved",
        "RuleRemoved",
        "MacroRemoved",
        "CannedAnswerRemoved",
        "ViewRemoved",
        "MessageRemoved",
        "EventRedacted",
    ),
    "customers": ("CustomersMerged", "CustomersUnmerged", "CustomerBlocked", "CustomerUnblocked"),
    "knowledge": ("ArticlePublished", "ArticleUnpublished", "ArticleRestored"),
    "watching": ("Whispered", "ListenedIn"),
    "exports": ("AuditExported",),
    "log": ("EventRedacted", "LogFoundChanged"),
}
STREAM: Final = "audit"
PAGE: Final = 500
END: Final = (1 << 63) - 1


class Filter(msgspec.Struct, frozen=True):
    """Nothing given: everything. ``person``: what he did, and what was done to him."""

    kind: str | None = None
    person: str | None = None
    since: int = 0
    until: int = END


def types_of(kind: str | None) -> tuple[str, ...]:
    """``BadInput``: there is no such kind."""
    if kind is None:
        return tuple(dict.fromkeys(one for types in KINDS.values() for one in types))
    if kind not in KINDS:
        raise BadInput("audit_kind", fields={"kind": "unknown"})
    return KINDS[kind]


async def entries(tx: Tx, wanted: Filter, before: int, limit: int) -> list[Event]:
    """Newest first."""
    types = types_of(wanted.kind)
    return await of_types(tx, types, before, limit, about=wanted.person, since=wanted.since, until=wanted.until)


async def note_export(tx: Tx, stamp: Stamp, wanted: Filter, format: str) -> int:
    """That somebody takes entries away is an entry itself; its ``seq``: what comes later isn't in the export."""
    stamp.need("audit.read")
    fact = AuditExported(format=format, kind=wanted.kind, person=wanted.person)
    return await append(tx, STREAM, fact, stamp)


async def all_entries(db: Database, wanted: Filter, before: int) -> AsyncIterator[list[Event]]:
    """Page by page, newest first."""
    while page := await db.read(entries, wanted, before, PAGE):
        yield page
        before = page[-1].seq
