"""The part of a delivery report that is meant for programs: RFC 3464, and what is sent in its name."""

import re
from collections.abc import Iterator

import msgspec

from goodword.channels.adapters.email.bounces.notices import ADDRESS, bounded, code_in, reason_in, status_in
from goodword.channels.adapters.email.mime.charsets import decode
from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.mime.structure import Entity

MOST_RECIPIENTS = 200
LONGEST_REPORT = 200_000
KINDS = ("message/delivery-status", "message/global-delivery-status", "text/delivery-status")
_RECEIPT = "message/disposition-notification"
_REFUSED = re.compile(r"automatic-action/[^;]*;\s*(?:deleted|denied|failed)", re.IGNORECASE)
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:[ \t]*(.*)")
_OF_RECIPIENT = frozenset({"final-recipient", "original-recipient", "action", "status", "diagnostic-code"})
_ACTIONS = {"fail": "failed", "delay": "delayed", "deliver": "delivered", "relay": "relayed", "expand": "expanded"}
_GRAVEST = ("failed", "delayed")
_BY_CLASS = {"5": "failed", "4": "delayed", "2": "delivered"}


class Report(msgspec.Struct, frozen=True):
    """What became of the mail for one recipient. ``action`` is never empty."""

    recipient: str
    action: str
    status: str
    diagnostic: str


def reports_of(entity: Entity) -> list[Report]:
    """Of this mail, not of mails that it carries."""
    parts = [part for part in own_parts(entity) if part.content_type in KINDS]
    return [report for part in parts for report in read_reports(part.body)]


def own_parts(entity: Entity) -> Iterator[Entity]:
    """All parts but those within a mail that is carried."""
    yield entity
    if entity.main_type == "multipart":
        for child in entity.children:
            yield from own_parts(child)


def refusal_of(entity: Entity) -> Report | None:
    """What a mailbox's filter refused: it says so in the form of a read receipt (RFC 5429)."""
    for part in own_parts(entity):
        fields = next(iter(_groups(text_in(part.body))), {}) if part.content_type == _RECEIPT else {}
        if _REFUSED.match(fields.get("disposition", "")) and "reject" in text_of(entity.header("subject")).lower():
            return _report({**fields, "action": "failed"})
    return None


def read_reports(body: bytes) -> list[Report]:
    return [_report(fields) for fields in _groups(text_in(body)) if not _OF_RECIPIENT.isdisjoint(fields)]


def gravest(reports: list[Report]) -> Report | None:
    """The one that tells what went wrong; None where nothing did."""
    return next((report for action in _GRAVEST for report in reports if report.action == action), None)


def text_in(body: bytes) -> str:
    return decode(body[:LONGEST_REPORT].replace(b"\r\n", b"\n").replace(b"\r", b"\n"), "utf-8").text


def _groups(text: str) -> list[dict[str, str]]:
    """One for each block; a field that comes again begins a block even where the blank line was forgotten."""
    groups: list[dict[str, str]] = [{}]
    last = ""
    for line in text.splitlines():
        found = _FIELD.match(line)
        if not line.strip():
            groups.append({})
            last = ""
        elif line[0] in " \t" and last:
            groups[-1][last] += f" {line.strip()}"
        elif found:
            last = found[1].lower()
            if last in groups[-1] and last in _OF_RECIPIENT:
                groups.append({})
            groups[-1].setdefault(last, found[2].strip())
        if len(groups) > 4 * MOST_RECIPIENTS:
            break
    return [group for group in groups if group][: MOST_RECIPIENTS + 1]


def _report(fields: dict[str, str]) -> Report:
    diagnostic = bounded(fields.get("diagnostic-code", "").partition(";")[2] or fields.get("diagnostic-code", ""))
    status = _status(fields.get("status", ""), diagnostic)
    named = (_address(fields.get(name, "")) for name in ("final-recipient", "original-recipient", "x-actual-recipient"))
    recipient = next((address for address in named if address), "")
    return Report(recipient, _action(fields.get("action", ""), status, diagnostic), status, diagnostic)


def _address(value: str) -> str:
    found = ADDRESS.search(value.partition(";")[2] or value)
    return found[0] if found else ""


def _status(field: str, diagnostic: str) -> str:
    """The other server's own, else the field's; where neither is written, what the words mean."""
    written, heard = status_in(field), status_in(diagnostic)
    if heard and heard[0] == (written or heard)[0] and not heard.endswith(".0.0"):
        return heard
    return written or heard or reason_in(diagnostic) or _by_code(diagnostic)


def _by_code(diagnostic: str) -> str:
    code = code_in(diagnostic)
    return f"{code[0]}.0.0" if code else ""


def _action(field: str, status: str, diagnostic: str) -> str:
    said = field.lower()
    known = next((action for word, action in _ACTIONS.items() if word in said), "")
    return known or ("failed" if said else _BY_CLASS.get((status or diagnostic)[:1], "failed"))
