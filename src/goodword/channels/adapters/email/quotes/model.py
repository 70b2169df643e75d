"""What becomes of a reply."""

from typing import Literal, NamedTuple

import msgspec

# "history": from here on everything; "ruler": a line is drawn, what follows must tell; the others: this line.
Mark = Literal["", "quote", "history", "ruler", "intro", "signature", "forward"]


class Stripped(msgspec.Struct, frozen=True):
    """``new`` and ``folded`` are all of the mail, each in its order; not ``certain`` where only a guess was left."""

    new: str
    folded: str = ""
    certain: bool = True


class Line(NamedTuple):
    """A line, and what the structure of the mail already says about it."""

    text: str
    mark: Mark = ""
