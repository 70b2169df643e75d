"""From the signs to the bounce."""

from goodword.channels.adapters.email.bounces.evidence import NONE, Evidence, weigh
from goodword.channels.adapters.email.bounces.notices import (
    ADDRESS,
    LONGEST_DIAGNOSTIC,
    Notice,
    code_in,
    diagnostic_in,
    is_delay,
    read_notice,
    reason_in,
    recipient_in,
    status_in,
)
from goodword.channels.adapters.email.bounces.originals import (
    carried_mails,
    message_id_of_original,
    recipient_of_original,
)
from goodword.channels.adapters.email.bounces.reports import Report, gravest, read_reports, refusal_of, reports_of
from goodword.channels.adapters.email.bounces.topics import bounce_of_topic, is_topic
from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.mime.structure import Entity
from goodword.channels.adapters.email.model import Bounce

LONGEST_HEADER = 5_000
_OWN = ("to", "from", "return-path", "delivered-to", "x-original-to")


def bounce_of(entity: Entity, text: str) -> Bounce | None:
    """What the mail says has come back; None for any other mail. ``text`` is the mail's chosen text, whole."""
    if is_topic(entity):
        return bounce_of_topic(text)
    notice = read_notice(text)
    evidence = weigh(entity, notice)
    reports = reports_of(entity)
    if reports and _believed(entity, evidence):
        report = gravest(reports)
        return _completed(report, entity, notice) if report else None
    if refusal := refusal_of(entity):
        return _completed(refusal, entity, notice)
    if not evidence.is_bounce or _is_report_of_another_kind(entity):
        return None
    told = read_reports(notice.said.encode()) or [one for mail in carried_mails(entity) for one in reports_of(mail)]
    report = gravest(told)
    return _completed(report, entity, notice) if report or not told else None


def _is_report_of_another_kind(entity: Entity) -> bool:
    """A receipt, or a reader's complaint."""
    kind = entity.params.get("report-type", "delivery-status").lower()
    return entity.content_type == "multipart/report" and not kind.endswith("delivery-status")


def _believed(entity: Entity, evidence: Evidence) -> bool:
    """A report that a mail system sends, not one that a person passes on among his attachments."""
    return entity.content_type == "multipart/report" or (evidence.author > NONE and not evidence.otherwise)


def _completed(report: Report | None, entity: Entity, notice: Notice) -> Bounce:
    """What the report lacks is read from the words."""
    subject = text_of(entity.header("subject"))
    recipient = (report and report.recipient) or _recipient(entity, notice)
    diagnostic = (report and report.diagnostic) or diagnostic_in(notice.said, recipient)
    action = report.action if report else "delayed" if is_delay(subject, notice.said) else "failed"
    status = (report and report.status) or _status(diagnostic, notice.said, subject, action)
    if status.endswith(".0.0") and (closer := status_in(diagnostic)):
        status = status[0] + closer[1:]
    return Bounce(
        recipient=recipient[:320],
        status=status,
        action=action,
        diagnostic=diagnostic[:LONGEST_DIAGNOSTIC],
        message_id=message_id_of_original(entity, f"{notice.original}\n{notice.said}"),
    )


def _recipient(entity: Entity, notice: Notice) -> str:
    failed = ADDRESS.search(text_of(entity.header("x-failed-recipients")))
    if failed:
        return failed[0]
    written = (text_of(value[:LONGEST_HEADER]) for name in _OWN for value in entity.all(name))
    own = frozenset(address.lower() for text in written for address in ADDRESS.findall(text))
    return recipient_in(notice.said, own) or recipient_of_original(entity, notice.original)


def _status(diagnostic: str, said: str, subject: str, action: str) -> str:
    """Of the words nearest to the reason; 4 or 5 and nothing more where they don't tell."""
    written = status_in(diagnostic) or status_in(said)
    if written:
        return written
    code = code_in(diagnostic) or code_in(said)
    grade = "4" if action == "delayed" or code.startswith("4") else "5"
    reason = reason_in(diagnostic) or reason_in(said) or reason_in(subject)
    return grade + reason[1:] if reason else f"{grade}.0.0"
