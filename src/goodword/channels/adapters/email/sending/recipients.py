"""To whom an answer goes.

What its writer chose (``message.letter``) counts alone. Else it goes to those to whom an agent chose to write last
(``goes_on``), if nobody of the customer's side has written since: To and Cc again, never Bcc. Else it goes back to the
customer's newest letter: To where that wants its answers, Cc whoever else it was sent to. A letter of somebody to whom
the conversation was only passed on, or of a machine, is never that letter: without an agent's will no answer to the
customer goes to such a one. Nobody gets it twice, and the mailbox itself never.
"""

from collections.abc import Iterable

import msgspec

from goodword.channels.adapters.email.tokens import claims_in_addresses
from goodword.channels.contract import Outbound
from goodword.conversations.model import Letter, Party

MOST = 50


class Recipients(msgspec.Struct, frozen=True):
    """``to`` whom it is written, who reads along, and who does so without the others' knowing."""

    to: tuple[Party, ...]
    cc: tuple[Party, ...] = ()
    bcc: tuple[Party, ...] = ()

    @property
    def shown(self) -> tuple[Party, ...]:
        return (*self.to, *self.cc)


def recipients(outbound: Outbound) -> Recipients:
    """Everybody's addresses as they were written."""
    mailbox = str(outbound.channel.settings.get("address", ""))
    chosen, answered = outbound.message.letter or outbound.goes_on, outbound.answers
    to = others((chosen.to if chosen else ()) or _back(answered) or (Party(outbound.recipient),), mailbox)
    to = to or (Party(outbound.recipient),)
    cc = _without(others(chosen.cc if chosen else _along(answered), mailbox), to)[:MOST]
    hidden = outbound.message.letter.bcc if outbound.message.letter else ()
    return Recipients(to, cc, _without(others(hidden, mailbox), (*to, *cc)))


def others(parties: Iterable[Party], mailbox: str) -> tuple[Party, ...]:
    """Those of them who are not the mailbox, each once."""
    found = {_key(party.address): party for party in reversed(tuple(parties)) if "@" in party.address}
    return tuple(party for key, party in reversed(found.items()) if not is_ours(key, mailbox))


def is_ours(address: str, mailbox: str) -> bool:
    """Whether it is the mailbox itself, whatever stands behind its name."""
    local, _, domain = _key(address).rpartition("@")
    ours, _, our_domain = _key(mailbox).rpartition("@")
    return domain == our_domain and (
        local == ours or local.startswith(f"{ours}+") or bool(claims_in_addresses([local]))
    )


def are_among(parties: Iterable[Party | None], whom: Iterable[Party]) -> bool:
    """Whether any of the ``parties`` is."""
    known = {_key(party.address) for party in whom}
    return any(party is not None and _key(party.address) in known for party in parties)


def _back(answered: Letter | None) -> tuple[Party, ...]:
    """The address that he wants answers at, else the one he wrote from."""
    wanted = answered and (answered.reply_to or answered.sender)
    return (wanted,) if wanted and "@" in wanted.address else ()


def _along(answered: Letter | None) -> tuple[Party, ...]:
    return (*answered.to, *answered.cc) if answered else ()


def _without(parties: Iterable[Party], known: Iterable[Party]) -> tuple[Party, ...]:
    keys = {_key(party.address) for party in known}
    return tuple(party for party in parties if _key(party.address) not in keys)


def _key(address: str) -> str:
    return address.strip().lower()
