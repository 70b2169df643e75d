"""What a customer may see of his own time line."""

import msgspec

from goodword.platform.events import Event

SEEN = frozenset(
    {
        "ConversationOpened",
        "MessageReceived",
        "ReplyQueued",
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
    }
)
# A merged record may bear a name that whoever reads this has only claimed to be his.
HIDDEN = {"ConversationOpened": frozenset({"customer"}), "HandoverRequested": frozenset({"summary"})}


def to_customer(event: Event) -> bytes | None:
    """The event as JSON with everything that is not his business left out; None when all of it is not."""
    if event.type not in SEEN:
        return None
    if event.type in HIDDEN:
        data = msgspec.json.decode(event.data)
        data = {name: value for name, value in data.items() if name not in HIDDEN[event.type]}
        return msgspec.structs.replace(event, data=msgspec.Raw(msgspec.json.encode(data))).public()
    if event.type == "StatusChanged" and b'"snoozed"' in bytes(event.data):
        return None
    return event.public()
