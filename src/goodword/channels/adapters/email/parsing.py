"""A mail from its bytes. It never fails: what cannot be read is named among its troubles, and all the rest is there."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

import msgspec

from goodword.channels.adapters.email.automatic import automatic_of
from goodword.channels.adapters.email.bounces import bounce_of
from goodword.channels.adapters.email.mime.addresses import addresses_of
from goodword.channels.adapters.email.mime.bodies import Bodies, read
from goodword.channels.adapters.email.mime.charsets import known
from goodword.channels.adapters.email.mime.choosing import Chosen, choose
from goodword.channels.adapters.email.mime.dates import date_of
from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.mime.parts import files_of
from goodword.channels.adapters.email.mime.safe_html import safe_html
from goodword.channels.adapters.email.mime.structure import read_entity
from goodword.channels.adapters.email.model import Address, Bounce, Mail
from goodword.channels.adapters.email.quotes import Stripped, strip_html, strip_text
from goodword.channels.adapters.email.sender_check import looks_like_spam, sender_check
from goodword.platform.words import clean

T = TypeVar("T")
MOST_REFERENCES = 100
LONGEST_ID = 998
LONGEST_SUBJECT = 2_000
LONGEST_STRIPPED = 500_000
LONGEST_DIAGNOSTIC = 2_000
SAME_WORDS = 0.7
_IN_BRACKETS = re.compile(rb"<([^<>]{1,2000})>")
_DELIVERED = (
    *("delivered-to", "x-original-to", "envelope-to", "x-envelope-to"),
    *("x-forwarded-to", "x-real-to", "x-rcpt-to"),
)


def parse(raw: bytes, trusted: Collection[str] = (), ours: Collection[str] = ()) -> Mail:
    """``trusted``: the servers whose word about the sender counts, as they call themselves; ``ours``: our addresses."""
    return _Reading(raw).mail(trusted, ours)


class _Reading:
    def __init__(self, raw: bytes) -> None:
        self.troubles: list[str] = []
        self.root = read_entity(raw)
        self.charset = self._charset_of_headers()

    def mail(self, trusted: Collection[str], ours: Collection[str]) -> Mail:
        root = self.root
        subject = text_of(root.header("subject")[:LONGEST_SUBJECT], self.charset)
        chosen = self._attempt("structure", Chosen(), lambda: choose(root))
        bodies = self._attempt("bodies", Bodies(), lambda: read(root, chosen))
        stripped = self._attempt("quotes", Stripped(bodies.text), lambda: _stripped(bodies, subject))
        bounce = self._attempt("bounce", None, lambda: _storable(bounce_of(root, bodies.text)))
        message_id = next(iter(_ids(root.all("message-id"))), "")
        raw_from = self._addresses("from")
        return Mail(
            message_id=message_id,
            in_reply_to=tuple(_ids(root.all("in-reply-to"))),
            references=tuple(_ids(root.all("references"))),
            sender=self._sender(raw_from),
            reply_to=self._addresses("reply-to"),
            to=self._addresses("to"),
            cc=self._addresses("cc"),
            delivered_to=self._delivered_to(),
            subject=subject,
            date=date_of(root.header("date")),
            text=bodies.text,
            first_text=bodies.first,
            html=self._attempt("html", "", lambda: safe_html(bodies.html)),
            reply_text=stripped.new,
            folded=stripped.folded,
            attachments=self._attempt("files", (), lambda: files_of(root, chosen, bodies.files)),
            automatic=self._attempt("automatic", "", lambda: automatic_of(root, bounce, ours)),
            bounce=bounce,
            sender_check=self._attempt("sender_check", "none", lambda: sender_check(root, trusted)),
            spam=self._attempt("spam_verdict", False, lambda: looks_like_spam(root)),
            list_id=text_of(root.header("list-id"), self.charset)[:300],
            troubles=self._all_troubles(message_id, raw_from, bodies),
        )

    def _attempt(self, trouble: str, otherwise: T, deed: Callable[[], T]) -> T:
        """One thing that goes wrong must not cost the mail."""
        try:
            return deed()
        except Exception:
            self.troubles.append(f"unreadable_{trouble}")
            return otherwise

    def _charset_of_headers(self) -> str:
        """Raw 8-bit in a header is most often in the charset of the text."""
        for part in self.root.walk():
            charset = part.params.get("charset", "")
            if part.main_type == "text" and known(charset) not in ("", "utf-8", "cp1252"):
                return charset
        return ""

    def _addresses(self, name: str) -> tuple[Address, ...]:
        found = (address for raw in self.root.all(name)[:20] for address in addresses_of(raw, self.charset))
        return tuple(dict.fromkeys(found))

    def _sender(self, named: tuple[Address, ...]) -> Address:
        """Who writes; where From has no address, whoever has sent it or wants the answer."""
        with_address = [address for address in named if address.address]
        if with_address:
            return with_address[0]
        name = next((address.name for address in named), "")
        for field in ("sender", "reply-to", "x-original-from", "return-path"):
            for other in self._addresses(field):
                if other.address:
                    return Address(other.address, name or other.name)
        return Address("", name)

    def _delivered_to(self) -> tuple[str, ...]:
        raw = (value for name in _DELIVERED for value in self.root.all(name)[:10])
        found = (address.address for value in raw for address in addresses_of(value))
        return tuple(dict.fromkeys(filter(None, found)))

    def _all_troubles(self, message_id: str, named: tuple[Address, ...], bodies: Bodies) -> tuple[str, ...]:
        troubles = [*(trouble for part in self.root.walk() for trouble in part.troubles), *bodies.troubles]
        if not message_id:
            troubles.append("no_message_id")
        if not any(address.address for address in named):
            troubles.append("no_sender")
        if len(self.root.all("from")) > 1:
            troubles.append("several_from")
        return tuple(dict.fromkeys([*troubles, *self.troubles]))


def _storable(bounce: Bounce | None) -> Bounce | None:
    if bounce is None:
        return None
    told = msgspec.structs.asdict(bounce)
    return Bounce(**{name: clean(words, LONGEST_DIAGNOSTIC) for name, words in told.items()})


def _stripped(bodies: Bodies, subject: str) -> Stripped:
    """What HTML says about its elements is surer than what words say, as long as it says the same as the text."""
    if bodies.html and len(bodies.html) <= LONGEST_STRIPPED:
        by_elements = strip_html(bodies.html, subject)
        if bodies.from_html or (by_elements.folded and by_elements.certain and _is_of(by_elements.new, bodies.text)):
            return by_elements
    if len(bodies.text) > LONGEST_STRIPPED:
        return Stripped(bodies.text)
    return strip_text(bodies.text, subject)


def _is_of(new: str, text: str) -> bool:
    words = set(new.split())
    return len(words & set(text.split())) >= SAME_WORDS * len(words)


def _ids(values: list[bytes]) -> Iterator[str]:
    """The first and the last ones of very many."""
    found = [one for value in values[:20] for one in _ids_in(value)]
    unique = list(dict.fromkeys(found))
    yield from unique if len(unique) <= MOST_REFERENCES else [unique[0], *unique[1 - MOST_REFERENCES :]]


def _ids_in(value: bytes) -> Iterator[str]:
    inside: list[bytes] = _IN_BRACKETS.findall(value) or value.strip().strip(b"<>").split()[:MOST_REFERENCES]
    for one in inside:
        written = "".join(text_of(one).split())
        if written and len(written) <= LONGEST_ID:
            yield written
