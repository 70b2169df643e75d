"""A problem report: which part of it is missing, and how an answer completes it. No database, no clock."""

from typing import Final

import msgspec

from goodword.assistant.facts import Line, facts_in
from goodword.conversations import Intake
from goodword.conversations.model import Attachment

PARTS: Final = ("what", "since", "wish", "order", "evidence")
"""In the order in which they are asked for."""
LONGEST: Final = 2_000


def missing(intake: Intake) -> tuple[str, ...]:
    """The parts that are neither said nor skipped."""
    return tuple(part for part in PARTS if part not in intake.skipped and not getattr(intake, part))


def skipping(intake: Intake) -> Intake:
    """The customer would rather not say what he was asked for."""
    return msgspec.structs.replace(intake, skipped=(*intake.skipped, intake.asked), asked="")


def answered(intake: Intake, words: str, files: tuple[Attachment, ...]) -> Intake:
    """What the customer wrote, put where it belongs: his files, an order number, and the part he was asked for.

    Whoever is asked for something to see and has none to show has answered, too.
    """
    words, known = words.strip()[:LONGEST], {file.id for file in intake.evidence}
    changed = msgspec.structs.replace(
        intake,
        evidence=(*intake.evidence, *(file for file in files if file.id not in known)),
        order=intake.order or order_number(words),
    )
    if not intake.asked or getattr(changed, intake.asked):
        return changed
    if intake.asked == "evidence":
        return skipping(changed)
    return msgspec.structs.replace(changed, **{intake.asked: words}) if words else changed


def order_number(words: str) -> str:
    """The first order number in ``words``, or nothing."""
    return next((fact.value for fact in facts_in([Line("", words)]) if fact.name == "order"), "")
