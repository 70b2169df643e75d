"""Replies on their way out, as the desk hands them to the adapter."""

from typing import Any

from goodword.channels.adapters.email.sending import Prepared
from goodword.channels.contract import Outbound
from goodword.channels.model import Channel
from goodword.conversations.model import Letter, Message, Party
from goodword.platform.events import Actor

SECRET = "s" * 64
ADA = Actor("agent", "agt_ada", "Ada Silva")
SAGE = Actor("assistant", None, "Sage")
DANA = Party("dana@customers.example", "Dana Evans")
LETTER = Letter("Kettle leaks", sender=DANA, to=(Party("support@fennel-oak.example"),))
CHANNEL = Channel("chn_1", "email", "Support", "key", {"address": "support@fennel-oak.example"}, "", 0)
MESSAGE_ID = "msg_01k2cccccccccccccccccccccc"
AT = 1_700_000_000_000


def message(text: str = "Please send us a picture.", author: Actor = ADA, **more: Any) -> Message:
    return Message(MESSAGE_ID, "message", author, text, AT, **more)


def outbound(said: Message | None = None, settings: dict[str, Any] | None = None, **more: Any) -> Outbound:
    """To Dana, in answer to her letter, unless something else is said."""
    channel = Channel("chn_1", "email", "Support", "key", {**CHANNEL.settings, **(settings or {})}, "", 0)
    given: dict[str, Any] = {
        "message": said or message(),
        "channel": channel,
        "conversation_id": "cnv_01k2aaaaaaaaaaaaaaaaaaaaaa",
        "number": 1234,
        "thread": "",
        "recipient": DANA.address,
        "secret": SECRET,
        "at": AT + 5_000,
        "public_url": "https://desk.fennel-oak.example",
        "subject": "Kettle leaks",
        "language": "en",
        "company": "Fennel & Oak",
        "answers": LETTER,
        "prepared": Prepared(("first@customers.example",)),
    }
    return Outbound(**{**given, **more})
