"""What a mail of ours is made from and what it has become."""

import msgspec

# A name, which may be empty, and the address.
Named = tuple[str, str]


class Quote(msgspec.Struct, frozen=True):
    """What the customer wrote last, to stand below the answer."""

    text: str
    name: str
    at: int


class Prepared(msgspec.Struct, frozen=True):
    """What is known of the thread. ``references``: Message-IDs without <>, oldest first, the answered mail's last."""

    references: tuple[str, ...] = ()
    quote: Quote | None = None


class Composed(msgspec.Struct, frozen=True):
    """Ready to be sent. ``to`` are those it is written to, ``cc`` those who only read along; ``bcc`` stand on the
    envelope alone.

    ``utf8``: an address is written in letters that not every server takes (SMTPUTF8).
    """

    message_id: str
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    raw: bytes
    utf8: bool = False
    bcc: tuple[str, ...] = ()
