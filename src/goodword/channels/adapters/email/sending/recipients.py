"""To whom an answer goes: to who wrote last, with those reading along whom he had read along. Never to ourselves."""

from collections.abc import Iterable

from goodword.channels.adapters.email.tokens import claims_in_addresses
from goodword.channels.contract import Outbound
from goodword.conversations.model import Letter, Party

MOST = 50


def recipients(outbound: Outbound) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """To and Cc. What whoever wrote the answer has chosen himself (``message.letter``) counts more."""
    mailbox = str(outbound.channel.settings.get("address", ""))
    chosen, answered = outbound.message.letter, outbound.answers
    to = _others((chosen.to if chosen else ()) or _back(answered) or (Party(outbound.recipient),), mailbox)
    to = to or (Party(outbound.recipient),)
    cc = _others(chosen.cc if chosen else _along(answered), mailbox)
    known = {_key(party.address) for party in to}
    return to, tuple(party for party in cc if _key(party.address) not in known)[:MOST]


def is_ours(address: str, mailbox: str) -> bool:
    """Whether it is the mailbox itself, whatever stands behind its name."""
    local, _, domain = _key(address).rpartition("@")
    ours, _, our_domain = _key(mailbox).rpartition("@")
    return domain == our_domain and (
        local == ours or local.startswith(f"{ours}+") or bool(claims_in_addresses([local]))
    )


def _back(answered: Letter | None) -> tuple[Party, ...]:
    """The address that he wants answers at, else the one he wrote from."""
    wanted = answered and (answered.reply_to or answered.sender)
    return (wanted,) if wanted and "@" in wanted.address else ()


def _along(answered: Letter | None) -> tuple[Party, ...]:
    return (*answered.to, *answered.cc) if answered else ()


def _others(parties: Iterable[Party], mailbox: str) -> tuple[Party, ...]:
    found = {_key(party.address): party for party in reversed(tuple(parties)) if "@" in party.address}
    return tuple(party for key, party in reversed(found.items()) if not is_ours(key, mailbox))


def _key(address: str) -> str:
    return address.strip().lower()
