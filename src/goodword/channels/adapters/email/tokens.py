"""Marks by which a mail says to what it belongs, and which nobody else can make.

Three of them lead a reply home: the Message-ID of what we sent, the address it was to be answered to, and, where a
program has lost both, a token in the subject. A fourth shows that a mail is our own. All stand under the secret of the
channel, are compared in constant time, and survive servers that change capitals into small letters.
"""

import hashlib
import hmac
import re
from collections.abc import Collection

import msgspec

LONGEST_LOCAL_PART = 64
LONG, SHORT = 16, 8
# What servers take between a mailbox's name and the rest; which of them a mail was sent with is its own affair.
IN_ADDRESS = re.compile(r"(?:^|[+\-_=.])([1-9][0-9]{0,11})\.([0-9a-f]{16})(?:@|$)", re.ASCII)
IN_SUBJECT = re.compile(r"[\[［]\s*[#＃]\s*([1-9][0-9]{0,11})-([0-9a-f]{8})\s*[\]］]", re.ASCII | re.IGNORECASE)
OURS = re.compile(r"<?(msg_[0-9a-z]{26})\.([0-9a-f]{16})@[^<>\s]*>?", re.ASCII)


class Claim(msgspec.Struct, frozen=True):
    """A mail says that it belongs to the conversation of this number. Worth nothing before it ``is_proved``."""

    number: int
    tag: str


def sign_reply(secret: str, conversation_id: str, number: int) -> str:
    """What stands behind the mailbox's name in the address that a reply comes back to."""
    return f"{number}.{_tag(secret, 'reply', conversation_id, LONG)}"


def reply_address(mailbox: str, secret: str, conversation_id: str, number: int, delimiter: str = "+") -> str:
    """``support+1234.0f…@fennel-oak.example``: the plain address without a delimiter, or where it would be too long."""
    local, _, domain = mailbox.rpartition("@")
    signed = f"{local}{delimiter}{sign_reply(secret, conversation_id, number)}"
    return f"{signed}@{domain}" if delimiter and len(signed) <= LONGEST_LOCAL_PART else mailbox


def subject_token(secret: str, conversation_id: str, number: int) -> str:
    """``[#1234-0f3a9c12]``, for programs that answer to neither address nor Message-ID."""
    return f"[#{number}-{_tag(secret, 'subject', conversation_id, SHORT)}]"


def claims_in_addresses(addresses: Collection[str]) -> tuple[Claim, ...]:
    """Those of all addresses a mail was sent to, each once, in their order."""
    found = [IN_ADDRESS.search(address.lower()) for address in addresses]
    return tuple(dict.fromkeys(Claim(int(one[1]), one[2]) for one in found if one))


def claims_in_subject(subject: str) -> tuple[Claim, ...]:
    return tuple(dict.fromkeys(Claim(int(one[1]), one[2].lower()) for one in IN_SUBJECT.finditer(subject)))


def is_proved(secret: str, claim: Claim, conversation_id: str) -> bool:
    """Whether we made the claim's tag for this conversation, whose number the claim bears."""
    kind = {LONG: "reply", SHORT: "subject"}.get(len(claim.tag))
    return bool(kind) and _same(claim.tag, _tag(secret, str(kind), conversation_id, len(claim.tag)))


def sign_message(secret: str, channel_id: str, message_id: str, domain: str) -> str:
    """The Message-ID, without <>, of a message of ours: the same however often it is sent."""
    return f"{message_id}.{_tag(secret, f'message:{channel_id}', message_id, LONG)}@{domain}"


def our_message(secret: str, channel_id: str, found: str) -> str | None:
    """The id of our message, if ``found`` is a Message-ID that we made; None for all others."""
    ours = OURS.fullmatch(found.strip().lower())
    if ours and _same(ours[2], _tag(secret, f"message:{channel_id}", ours[1], LONG)):
        return ours[1]
    return None


def loop_mark(secret: str, channel_id: str) -> str:
    """For the header ``X-Goodword`` of all that we send."""
    return f"{channel_id}.{_tag(secret, 'loop', channel_id, LONG)}"


def is_loop_mark(secret: str, channel_id: str, found: str) -> bool:
    return _same(found.strip().lower(), loop_mark(secret, channel_id))


def without_tokens(subject: str) -> str:
    """The subject as people wrote it."""
    return " ".join(IN_SUBJECT.sub(" ", subject).split())


def _tag(secret: str, kind: str, about: str, length: int) -> str:
    return hmac.new(secret.encode(), f"mail:{kind}:{about}".encode(), hashlib.sha256).hexdigest()[:length]


def _same(found: str, ours: str) -> bool:
    return hmac.compare_digest(found.encode("utf-8", "replace"), ours.encode())
