"""Who may see what of a time line: the customer of his own, agents of all."""

import msgspec

from goodword.conversations.events import Whispered
from goodword.platform.events import SYSTEM, Event
from goodword.staff import Caller

SEEN = frozenset(
    {
        "ConversationOpened",
        "MessageReceived",
        "ReplyQueued",
        "MessageRemoved",
        "Delivered",
        "HandoverRequested",
        "HandlerChanged",
        "Queued",
        "QueuePositionChanged",
        "LeftQueue",
        "NobodyAvailable",
        "Assigned",
        "StatusChanged",
        "ReadByCustomer",
        "ReadByAgent",
        "RatingAsked",
        "RatingGiven",
    }
)
# A merged record may bear a name that whoever reads this has only claimed to be his.
HIDDEN = {
    "ConversationOpened": frozenset({"customer", "follows"}),
    "HandoverRequested": frozenset({"summary"}),
    "Delivered": frozenset({"answer"}),
    "MessageRemoved": frozenset({"preview", "quoted_in"}),
}
# Whom else somebody wrote to, and what he quoted, stays with the desk; so does what we passed on to others, and what
# they said to that.
WITH_LETTERS = frozenset({"MessageReceived", "ReplyQueued"})
# That something was put off, merged, split off, thrown to the spam or taken out of a note is the desk's affair: his
# talk just goes on.
UNTOLD = {
    "MessageRemoved": (b'"kind":"note"',),
    "ConversationOpened": (b'"split_from":"',),
    "StatusChanged": (b'"snoozed"', b'"reason":"merged"', b'"reason":"spam"'),
}
PRIVATE = frozenset({"Whispered"})


class Eyes(msgspec.Struct, frozen=True):
    """Who of the staff looks; ``everything``: he may read what was said to others in private."""

    agent_id: str | None
    everything: bool = False


def eyes_of(caller: Caller) -> Eyes:
    return Eyes(caller.agent.id if caller.agent else None, "audit.read" in caller.rights)


def may_see(event: Event, eyes: Eyes) -> bool:
    """Whether it is for these eyes: a whisper is for one agent, whoever said it, and those who may read everything."""
    if event.type not in PRIVATE or eyes.everything:
        return True
    fact = event.fact()
    assert isinstance(fact, Whispered)
    return eyes.agent_id is not None and eyes.agent_id in (fact.to.id, event.actor.id)


def to_customer(event: Event) -> bytes | None:
    """The event as JSON with everything that is not his business left out; None when all of it is not."""
    if event.type not in SEEN:
        return None
    if any(mark in bytes(event.data) for mark in UNTOLD.get(event.type, ())):
        return None
    if event.actor.kind == "system":
        # What the desk calls its rules and programs is its own affair.
        event = msgspec.structs.replace(event, actor=SYSTEM)
    if event.type in HIDDEN:
        data = msgspec.json.decode(event.data)
        data = {name: value for name, value in data.items() if name not in HIDDEN[event.type]}
        return msgspec.structs.replace(event, data=msgspec.Raw(msgspec.json.encode(data))).public()
    if event.type in WITH_LETTERS and b'"letter":{' in bytes(event.data):
        data = msgspec.json.decode(event.data)
        letter = data["message"]["letter"] or {}
        if letter.get("outside") or letter.get("forwards"):
            return None
        data["message"]["letter"] = None
        return msgspec.structs.replace(event, data=msgspec.Raw(msgspec.json.encode(data))).public()
    return event.public()
