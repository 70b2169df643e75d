"""To whom a letter goes whose writer addresses it himself."""

import unicodedata
from collections.abc import Iterable
from typing import Protocol

from goodword.conversations import letters, store
from goodword.conversations.model import Letter, Party
from goodword.conversations.streams import streams_of
from goodword.customers.contact import LONGEST_EMAIL, clean_email, clean_line
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput, NotFound
from goodword.platform.events import Stamp

MOST_RECIPIENTS = 50
LONGEST_SUBJECT = 300


class Post(Protocol):
    """Whoever knows what leaves as a letter, and from which address: handed over under the name ``registry``."""

    async def addressed(self, tx: Tx, channel_id: str, letter: Letter) -> Letter:
        """As it can leave there. ``BadInput``: no letters leave there, or it is to nobody but ourselves."""
        ...


async def addressed(tx: Tx, stamp: Stamp, post: Post, conversation_id: str, letter: Letter) -> Letter:
    """The letter as it can be sent in this conversation.

    ``BadInput``: no letters leave here; an address is none; ``forwards`` names nothing that was said here to or by
    the customer's side.
    """
    stamp.need("conversations.answer")
    conversation = await store.get(tx, conversation_id)
    letter = await post.addressed(tx, conversation.channel.id, checked_letter(letter))
    if letter.forwards is not None:
        await _must_be_said_here(tx, conversation_id, letter.forwards)
    return letter


def checked_letter(letter: Letter) -> Letter:
    """Everybody once, where most can see him. ``BadInput`` with ``fields``: somebody is missing, too many, or wrong."""
    known: set[str] = set()
    to = _new(_parties("to", letter.to), known)
    cc = _new(_parties("cc", letter.cc), known)
    bcc = _new(_parties("bcc", letter.bcc), known)
    if not to:
        raise BadInput("address", fields={"to": "missing"})
    if len(known) > MOST_RECIPIENTS:
        raise BadInput("address", fields={"to": "too_many"})
    subject = clean_line(letter.subject, LONGEST_SUBJECT)
    return Letter(subject, to=to, cc=cc, bcc=bcc, forwards=letter.forwards)


def folded(address: str) -> str:
    """The same for all ways to write it; empty where it is none."""
    try:
        return clean_email(address)
    except BadInput:
        return ""


def _parties(line: str, parties: Iterable[Party]) -> list[Party]:
    found = [
        Party(unicodedata.normalize("NFKC", party.address[: LONGEST_EMAIL + 1]).strip(), clean_line(party.name))
        for party in parties
    ]
    if not all(folded(party.address) for party in found):
        raise BadInput("address", fields={line: "address"})
    return found


def _new(parties: Iterable[Party], known: set[str]) -> tuple[Party, ...]:
    """Those who are not ``known``, and are from now on."""
    found: list[Party] = []
    for party in parties:
        if folded(party.address) not in known:
            known.add(folded(party.address))
            found.append(party)
    return tuple(found)


async def _must_be_said_here(tx: Tx, conversation_id: str, message_id: str) -> None:
    """A note is for colleagues only."""
    try:
        row = await store.message_row(tx, message_id)
    except NotFound as error:
        raise BadInput("forwards") from error
    said_here = row["kind"] == "message" and row["conversation_id"] in await streams_of(tx, conversation_id)
    if not said_here or (await letters.message_of(tx, row)).removed:
        raise BadInput("forwards")
