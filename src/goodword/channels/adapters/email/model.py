"""What a mail says, once it is read."""

from typing import Literal

import msgspec

Automatic = Literal["", "reply", "notice", "list", "bounce", "feedback"]
SenderCheck = Literal["pass", "fail", "none"]


class Address(msgspec.Struct, frozen=True):
    """``address`` has its domain in lower case; it is empty where the mail names none."""

    address: str = ""
    name: str = ""


class Part(msgspec.Struct, frozen=True):
    """``name`` is safe in a header and on any disk, and never empty."""

    name: str
    content_type: str
    content: bytes
    content_id: str = ""
    inline: bool = False


class Bounce(msgspec.Struct, frozen=True):
    """``message_id`` is of the mail that came back, without its angle brackets."""

    recipient: str = ""
    status: str = ""
    action: str = ""
    diagnostic: str = ""
    message_id: str = ""


class Mail(msgspec.Struct, frozen=True):
    """All its text can be stored as UTF-8. ``text`` and ``html`` are the whole, ``first_text`` the first of several
    parts of text, ``reply_text`` what is new in the whole and ``folded`` what it quotes and signs with.
    ``attachments`` are all parts that are neither the chosen text nor the chosen HTML. ``troubles`` names what had to
    be mended."""

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: Address = Address()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()
    subject: str = ""
    date: int | None = None
    text: str = ""
    first_text: str = ""
    html: str = ""
    reply_text: str = ""
    folded: str = ""
    attachments: tuple[Part, ...] = ()
    automatic: Automatic = ""
    bounce: Bounce | None = None
    sender_check: SenderCheck = "none"
    spam: bool = False
    list_id: str = ""
    troubles: tuple[str, ...] = ()

    @property
    def is_auto_reply(self) -> bool:
        return self.automatic in ("reply", "notice")
