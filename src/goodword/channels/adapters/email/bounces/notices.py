"""What a delivery notice says in plain words: many mail systems never learnt to say it in a form."""

import re
from collections.abc import Iterator

import msgspec

from goodword.channels.adapters.email.bounces.signs import holds, plain, signs

LONGEST_NOTICE = 20_000
LONGEST_DIAGNOSTIC = 500

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,10}")
_CODE = re.compile(r"(?<![\w.:/@-])([45]\d\d)(?=[ \-\u00a0]\D|[ \-][245]\.\d|$)", re.MULTILINE)
_ENHANCED = re.compile(r"(?<![\w.])#?([245])\.(\d{1,3})\.(\d{1,3})(?![\w]|\.\d)")
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_OF_ORIGINAL = re.compile(r"header|original|lines of|copy of|unsent|returned")
_HEADER = re.compile(r"^(?:received|return-path|x-received|delivered-to):", re.IGNORECASE)
_RECIPIENTS = (
    re.compile(r"(?:final|original)-recipient:\s*(?:rfc822|utf-8)\s*;\s*<?([^\s<>;]+@[^\s<>;,]+)", re.IGNORECASE),
    re.compile(
        r"^[ \t]*[<\"']?(" + ADDRESS.pattern + r")[>\"']*[ \t]*:?[ \t]*(?:<mailto:[^>\n]*>)?[ \t]*$", re.MULTILINE
    ),
    re.compile(r"^[ \t]*[<\"'](" + ADDRESS.pattern + r")[>\"']", re.MULTILINE),
    re.compile(
        r"(?:rcpt to|recipient(?: address)?|recipients?|delivery failed|delivered to|message to|mail to|deliver to)"
        r"\s*:?\s*<?(" + ADDRESS.pattern + ")",
        re.IGNORECASE,
    ),
)
# "User <dana@customers.example> unknown"
_BETWEEN = re.compile(r"[<(\[\"']?" + ADDRESS.pattern + r"[>)\]\"']?")
_SENDER = re.compile(r"(?:mail from|from|sender|reply-to|contact)\s*:?\s*[\"'<]*$", re.IGNORECASE)
_OFFICES = ("postmaster@", "mailer-daemon@", "abuse@", "support@")


class Notice(msgspec.Struct, frozen=True):
    """``said`` is what the mail system wrote, ``original`` what it quotes of the mail that came back."""

    said: str
    original: str


def read_notice(text: str) -> Notice:
    lines = text[: LONGEST_NOTICE * 10].splitlines()
    cut = _beginning_of_original(lines)
    said = "\n".join(line for line in lines[:cut] if not line.lstrip().startswith(">") or ">>>" in line)
    return Notice(_EMPTY_LINES.sub("\n\n", said)[:LONGEST_NOTICE], "\n".join(lines[cut:]))


def recipient_in(said: str, own: frozenset[str]) -> str:
    """The address that could not be reached; one of ``own`` only where no other is named."""
    named = [address.rstrip(".") for address in _addresses(said)]
    others = [one for one in named if one.lower() not in own and not one.lower().startswith(_OFFICES)]
    return next(iter(others or named), "")


def diagnostic_in(said: str, recipient: str) -> str:
    """The words of the other server, else the paragraph that names the recipient, else the sentence with the reason."""
    code = _CODE.search(said) or _ENHANCED.search(said)
    if code:
        return _to_end_of_paragraph(said, _beginning_of_sentence(said, code.start()))
    at = said.find(recipient) if recipient else -1
    paragraph = _to_end_of_paragraph(said, said.rfind("\n", 0, at) + 1) if at >= 0 else ""
    if reason_in(paragraph):
        return paragraph
    return next((bounded(line) for line in said.splitlines() if reason_in(line)), "")


def status_in(text: str) -> str:
    """An enhanced status as RFC 3463 writes it."""
    found = _ENHANCED.search(text)
    return f"{found[1]}.{int(found[2])}.{int(found[3])}" if found else ""


def reason_in(text: str) -> str:
    """The status that the words mean."""
    said = plain(_BETWEEN.sub(" ", text))
    return next((reason.status for reason in signs().reasons if holds(said, reason.words)), "")


def code_in(text: str) -> str:
    found = _CODE.search(text)
    return found[1] if found else ""


def speaks_technically(said: str) -> bool:
    return bool(_CODE.search(said) or _ENHANCED.search(said))


def is_delay(subject: str, said: str) -> bool:
    """Whether the mail system still tries: it says so above all, or below and nowhere that it has given up."""
    above, below = plain(subject), plain(said)
    if holds(above, signs().delay):
        return True
    gone = holds(above, signs().delay_over) or holds(below, signs().delay_over)
    return holds(below, signs().delay) and not gone


def bounded(text: str) -> str:
    return " ".join(text.split())[:LONGEST_DIAGNOSTIC]


def _beginning_of_original(lines: list[str]) -> int:
    for number, line in enumerate(lines):
        if number and _introduces_original(plain(line[:200]).strip("-=*_:>.\u2014 #")):
            return number
    return next((number for number, line in enumerate(lines) if _HEADER.match(line)), len(lines))


def _introduces_original(line: str) -> bool:
    """As "Message headers follow" or "The first 50 lines of your original message follow"."""
    if not line or len(line) > 90:
        return False
    announced = line.endswith(("follow", "follows", "below")) and _OF_ORIGINAL.search(line)
    return bool(announced) or line.startswith(signs().original)


def _addresses(said: str) -> Iterator[str]:
    for pattern in _RECIPIENTS:
        for found in pattern.finditer(said):
            yield found[1]
    for found in ADDRESS.finditer(said):
        if not _SENDER.search(said, max(0, found.start() - 30), found.start()):
            yield found[0]


def _beginning_of_sentence(said: str, at: int) -> int:
    line = said.rfind("\n", 0, at) + 1
    return line if at - line < 120 else max(line, said.rfind(". ", line, at) + 1)


def _to_end_of_paragraph(said: str, start: int) -> str:
    end = re.compile(r"\n[ \t]*\n").search(said, start)
    return bounded(said[start : end.start() if end else start + 2 * LONGEST_DIAGNOSTIC])
