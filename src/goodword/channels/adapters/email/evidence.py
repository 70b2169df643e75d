"""What we know of a mail's place: its marks checked, its references looked up."""

from collections.abc import Iterable

from goodword.channels.adapters.email import store, tokens
from goodword.channels.adapters.email.model import Mail
from goodword.channels.adapters.email.threading import Evidence, nearest_references
from goodword.platform.db import Tx

MOST_CLAIMS = 20


async def evidence_of(tx: Tx, mail: Mail, channel_id: str, secret: str) -> Evidence:
    """``secret`` is the channel's."""
    references = nearest_references(mail.in_reply_to, mail.references)
    ours = [id for one in references if (id := tokens.our_message(secret, channel_id, one))]
    foreign = [one for one in references if not tokens.our_message(secret, channel_id, one)]
    own = (mail.message_id,) if mail.message_id else ()
    return Evidence(
        addressed=await proved(tx, secret, tokens.claims_in_addresses(addressed_to(mail))),
        answered=await store.conversations_of(tx, ours),
        cited=await store.links(tx, channel_id, foreign),
        awaited=await store.links(tx, channel_id, own, seen=False),
        named=await proved(tx, secret, tokens.claims_in_subject(mail.subject)),
    )


async def proved(tx: Tx, secret: str, claims: Iterable[tokens.Claim]) -> tuple[str, ...]:
    """The conversations of those claims whose tags we made."""
    looked_at = list(claims)[:MOST_CLAIMS]
    known = await store.numbered(tx, [claim.number for claim in looked_at])
    return tuple(
        known[claim.number]
        for claim in looked_at
        if claim.number in known and tokens.is_proved(secret, claim, known[claim.number])
    )


def addressed_to(mail: Mail) -> list[str]:
    """Every address it was sent to, those on the envelope first."""
    written = (address.address for address in (*mail.to, *mail.cc))
    return list(dict.fromkeys(address for address in (*mail.delivered_to, *written) if address))[: MOST_CLAIMS * 5]
