"""What a server's no means: for whom, for how long, and what a person could do about it."""

import re
from typing import Final, Literal, NamedTuple

Phase = Literal["MAIL", "RCPT", "DATA"]

ENHANCED: Final = re.compile(r"^[245]\.(\d{1,3})\.(\d{1,3})\b")
# The first refusal of who is unknown to the server lasts for about five minutes nearly everywhere.
GREYLISTED: Final = re.compile(r"gr[ea]y-?list|try again (?:in|later)|4\.7\.1\b|deferred", re.IGNORECASE)
SPAM: Final = re.compile(
    r"spam|blocked|block ?list|black ?list|reputation|policy|dmarc|dkim|\bspf\b|banned|virus|malware|content",
    re.IGNORECASE,
)
NO_RELAY: Final = re.compile(
    r"relay|authenticat|not permitted to send|sender verify|not allowed to send", re.IGNORECASE
)
SENDER: Final = re.compile(r"\bsender\b|from address|not owned", re.IGNORECASE)
TOO_LARGE: Final = re.compile(
    r"too (?:large|big)|size (?:limit|exceed)|exceeds? (?:the )?(?:maximum|size)", re.IGNORECASE
)
FULL: Final = re.compile(r"quota|mailbox (?:is )?full|over ?quota", re.IGNORECASE)
FIVE_MINUTES: Final = 300.0
# Of the enhanced codes (RFC 3463), by subject and detail; by subject alone where the detail says no more.
BY_CODE: Final = {
    "1.7": "sender", "1.8": "sender", "2.2": "full", "2.3": "too_large", "3.4": "too_large", "5.3": "recipient",
    "7.1": "blocked", "7.0": "blocked", "7.60": "relay", "7.57": "relay", "7.54": "relay", "7.64": "relay",
}  # fmt: skip
BY_SUBJECT: Final = {"1": "recipient", "2": "recipient", "6": "blocked", "7": "blocked"}
BY_REPLY: Final = {530: "relay", 535: "relay", 550: "recipient", 551: "recipient", 552: "too_large", 553: "recipient"}


class Answer(NamedTuple):
    """A server's line (or lines) as it said them."""

    code: int
    text: str

    @property
    def is_for_now(self) -> bool:
        return 400 <= self.code < 500

    def __str__(self) -> str:
        return f"{self.code} {' '.join(self.text.encode('utf-8', 'replace').decode().split())}"


class Verdict(NamedTuple):
    """``reason``: recipient, sender, relay, blocked, full, too_large or refused; ``later`` where it isn't for good.

    ``pause`` in seconds, None where nothing speaks for a certain one.
    """

    reason: str
    words: str
    for_good: bool
    pause: float | None = None


def verdict_on(phase: Phase, answer: Answer) -> Verdict:
    """On a no to a mail; what isn't a no for good is one for now."""
    for_good = 500 <= answer.code < 600
    if not for_good:
        pause = FIVE_MINUTES if answer.code in (450, 451) or GREYLISTED.search(answer.text) else None
        return Verdict("full" if FULL.search(answer.text) else "later", str(answer), False, pause)
    return Verdict(_reason(phase, answer), str(answer), True)


def _reason(phase: Phase, answer: Answer) -> str:
    text = answer.text
    if TOO_LARGE.search(text):
        return "too_large"
    if FULL.search(text):
        return "full"
    by_code = _by_code(text)
    if by_code == "relay" or (NO_RELAY.search(text) and phase != "DATA"):
        return "relay"
    if phase == "MAIL" and (SENDER.search(text) or by_code == "recipient"):
        return "sender"
    if by_code == "blocked" or (SPAM.search(text) and not by_code):
        return "blocked"
    if by_code:
        return by_code
    if phase == "DATA":
        return "blocked" if answer.code == 554 else "refused"
    return {"MAIL": "sender", "RCPT": BY_REPLY.get(answer.code, "refused")}[phase]


def _by_code(text: str) -> str:
    found = ENHANCED.match(text)
    if not found:
        return ""
    subject, detail = found.groups()
    return BY_CODE.get(f"{subject}.{detail}") or BY_SUBJECT.get(subject, "")
