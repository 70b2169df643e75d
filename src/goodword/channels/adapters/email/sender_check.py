"""Whether the servers on the way found that the sender is who he says, and whether they took the mail for spam.

What a stranger wrote into his own mail proves nothing. Servers add their headers on top, so only these are believed:

* With ``trusted`` names: the topmost ``Authentication-Results`` of a server with such a name (RFC 8601 has that server
  remove forged ones), and the ones of trusted names directly around it.
* Without: only what stands above the first hop of a strange domain. The domain of the server that took the mail in last
  (``by`` of the topmost ``Received`` which names one) is ours; a result must bear its name, or none as Microsoft's do.
* ``ARC-Authentication-Results`` count only if a believed server checked their seals (``arc=pass``) and their newest
  author is in ``trusted``.

Of what is believed DMARC decides; without it, SPF or DKIM that passed for the domain in ``From``, or an SPF that
failed for it. A broken signature proves nothing: lists break them.
"""

import re
from collections.abc import Collection

from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.mime.structure import Entity
from goodword.channels.adapters.email.model import SenderCheck
from goodword.channels.adapters.email.spam import looks_like_spam
from goodword.channels.adapters.email.verdicts import Result, Verdict, read_verdict

__all__ = ["looks_like_spam", "organisation", "sender_check"]

MOST_HEADERS = 300
_FROM = re.compile(r"@([\w.-]{1,255})")
_BY = re.compile(r"\bby\s+([\w.-]{1,255})", re.IGNORECASE)
_NAMELESS = re.compile(r"[\d.]+|localhost.*", re.IGNORECASE)
_INSTANCE = re.compile(r"\s*i\s*=\s*(\d{1,3})\s*;(.*)", re.DOTALL)
_SPF = re.compile(r"\s*(pass|fail|softfail|neutral|none|temperror|permerror)\b", re.IGNORECASE)
_ENVELOPE = re.compile(r"envelope-from=\s*[\"<]*[^\s@;>\"]*@([\w.-]{1,255})", re.IGNORECASE)
_RECEIVER = re.compile(r"(?:receiver=|^\s*\w+\s*\()\s*([\w.-]{1,255})", re.IGNORECASE)
# Written by servers between their own results; anything else begins what the sender wrote.
_BESIDE = re.compile(
    r"x-|arc-|received-spf$|dkim-filter$|return-path$|delivered-to$|authentication-results$", re.IGNORECASE
)
# Registries sell names below these; whoever has one of those has three labels.
_SECOND_LEVEL = frozenset(
    {"co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gouv", "asso", "gob", "gen"}
)


def sender_check(entity: Entity, trusted: Collection[str] = ()) -> SenderCheck:
    """``fail`` is a reason to doubt the sender, ``none`` is not."""
    author = _author(entity)
    names = frozenset(name.strip().lower() for name in trusted if name.strip())
    results = _believed(entity, names)
    if any(result.method == "arc" and result.word == "pass" for result in results):
        results = _sealed(entity, names) or results
    return _judge(results, author)


def _author(entity: Entity) -> str:
    """The domain in ``From``; empty where there are several, as nothing can be found out for them."""
    written = [domain.lower() for value in entity.all("from") for domain in _FROM.findall(text_of(value))]
    return written[-1] if written and len(entity.all("from")) == 1 else ""


def _judge(results: list[Result], author: str) -> SenderCheck:
    for result in results:
        if result.method in ("dmarc", "compauth") and result.word in ("pass", "fail", "bestguesspass"):
            return "fail" if result.word == "fail" else "pass" if author else "none"
    if not author:
        return "none"
    if any(_passed_for(result, author) for result in results):
        return "pass"
    failed = any(result.method == "spf" and result.word == "fail" and _is_of(result, author) for result in results)
    return "fail" if failed else "none"


def _passed_for(result: Result, author: str) -> bool:
    return result.method in ("dkim", "spf") and result.word == "pass" and _is_of(result, author)


def _is_of(result: Result, author: str) -> bool:
    names = ("header.d", "header.i") if result.method == "dkim" else ("smtp.mailfrom", "smtp.mfrom", "smtp.mail")
    return organisation(result.domain(*names)) == organisation(author)


def _believed(entity: Entity, trusted: frozenset[str]) -> list[Result]:
    """The results from the first header that can be believed on, to where the sender's own headers begin."""
    ours = "" if trusted else _taken_in_by(entity)
    results: list[Result] = []
    begun = False
    for name, value in entity.headers[:MOST_HEADERS]:
        lower = name.lower()
        if begun and not _BESIDE.match(lower):
            break
        if lower == "received" and not trusted and _is_strange(text_of(value), ours):
            break
        found = _results(lower, text_of(value), trusted, ours)
        begun = begun or bool(found)
        results.extend(found)
    return results


def _results(name: str, value: str, trusted: frozenset[str], ours: str) -> list[Result]:
    if name == "authentication-results":
        verdict = read_verdict(value)
        return list(verdict.results) if _is_ours(verdict.server, trusted, ours) else []
    if name == "received-spf":
        receiver = _RECEIVER.search(value)
        return _spf(value) if _is_ours(receiver[1].lower() if receiver else "", trusted, ours) else []
    return []


def _is_ours(server: str, trusted: frozenset[str], ours: str) -> bool:
    if trusted:
        return server in trusted
    return bool(ours) and (not server or organisation(server) == ours)


def _spf(value: str) -> list[Result]:
    word, envelope = _SPF.match(value), _ENVELOPE.search(value)
    if not word or not envelope:
        return []
    return [Result("spf", word[1].lower(), {"smtp.mailfrom": envelope[1]})]


def _taken_in_by(entity: Entity) -> str:
    hosts = (_BY.search(text_of(value)) for value in entity.all("received")[:20])
    names = (found[1].lower() for found in hosts if found)
    return next((organisation(name) for name in names if not _NAMELESS.fullmatch(name)), "")


def _is_strange(received: str, ours: str) -> bool:
    """A hop that another organisation's server wrote down."""
    found = _BY.search(received)
    name = found[1].lower() if found else ""
    return bool(name) and not _NAMELESS.fullmatch(name) and organisation(name) != ours


def _sealed(entity: Entity, trusted: frozenset[str]) -> list[Result]:
    """What the newest sealer found, if he is trusted."""
    found = (_INSTANCE.match(text_of(value)) for value in entity.all("arc-authentication-results")[:50])
    instances = {int(one[1]): one[2] for one in found if one}
    newest: Verdict | None = read_verdict(instances[max(instances)]) if instances else None
    return list(newest.results) if newest and newest.server in trusted else []


def organisation(domain: str) -> str:
    """The part of a domain that is bought: of ``mail.shop.example.co.uk`` it is ``example.co.uk``."""
    labels = domain.lower().strip(".").split(".")
    wide = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if wide else -2 :])
