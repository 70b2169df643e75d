"""What is left of a fact when a message is taken out of it. Pure rules: nothing here looks anything up."""

import re
from typing import Final

import msgspec

from goodword.conversations.events import (
    ConversationJoined,
    ConversationLeft,
    ConversationUnmerged,
    HandoverRequested,
    IntakeGiven,
    MessageReceived,
    MessagesMovedHere,
    MessagesSplitOff,
    NoteAdded,
    ReplyQueued,
    ReplyRescheduled,
    ReplyScheduled,
    SplitUndone,
    UnmarkedSpam,
)
from goodword.conversations.model import Intake, Letter, Message, Preview, Removed, Standing, Summary
from goodword.platform.events import Fact

LATER: Final = "later:"
"""With this and its own id begins the ``client_id`` of a reply that had been scheduled."""
# What is shorter stands in many a letter by chance.
SHORTEST_QUOTED: Final = 8
BESIDE_WORDS: Final = re.compile(r"[\s>]+")
PARTS: Final = ("what", "since", "wish", "order")
QUOTING: Final = (
    MessageReceived,
    ReplyQueued,
    NoteAdded,
    MessagesMovedHere,
    MessagesSplitOff,
    SplitUndone,
    ConversationJoined,
    ConversationLeft,
    ConversationUnmerged,
    UnmarkedSpam,
    ReplyScheduled,
    ReplyRescheduled,
    HandoverRequested,
    IntakeGiven,
)
"""The facts in which words of a message may stand."""


class Gone(msgspec.Struct, frozen=True):
    """A message as it was said, and how it came to be removed."""

    message: Message
    removed: Removed

    @property
    def scheduled_id(self) -> str | None:
        """Under which it had waited to be sent."""
        known = self.message.client_id or ""
        ours = known.startswith(LATER) and self.message.author.kind != "customer"
        return known.removeprefix(LATER) if ours else None

    @property
    def preview(self) -> Preview:
        """How a list shows it from now on."""
        return Preview("", self.message.author.kind, "removed", self.message.at)


def without(fact: Fact, gone: Gone) -> Fact:
    """The fact without what it quotes of the message; itself where it quotes nothing."""
    standing: Standing | None = getattr(fact, "standing", None)
    if standing:
        fact = msgspec.structs.replace(fact, standing=_standing(standing, gone))
    match fact:
        case MessageReceived() | ReplyQueued() | NoteAdded():
            return msgspec.structs.replace(fact, message=left_of(fact.message, gone))
        case MessagesMovedHere():
            return msgspec.structs.replace(fact, messages=tuple(left_of(one, gone) for one in fact.messages))
        case ReplyScheduled() if fact.scheduled_id == gone.scheduled_id:
            return msgspec.structs.replace(fact, text="", attachments=(), letter=_envelope(fact.letter))
        case ReplyRescheduled() if fact.scheduled_id == gone.scheduled_id:
            return msgspec.structs.replace(fact, text="")
        case HandoverRequested():
            return msgspec.structs.replace(fact, summary=_summary(fact.summary, gone))
        case IntakeGiven():
            return msgspec.structs.replace(fact, intake=intake_without(fact.intake, gone))
        case _:
            return fact


def left_of(message: Message, gone: Gone) -> Message:
    """Of the message itself that it was said; of a letter that quotes it, everything but what it quotes."""
    if message.id == gone.message.id:
        return emptied(message, gone.removed)
    if message.letter and quotes(message.letter, gone.message):
        return msgspec.structs.replace(message, letter=_without_paper(message.letter))
    return message


def emptied(message: Message, removed: Removed) -> Message:
    """Who said it to whom, and when; nothing of what he said."""
    return msgspec.structs.replace(
        message,
        text="",
        attachments=(),
        sources=(),
        choices=(),
        choice=None,
        cards=(),
        letter=_envelope(message.letter),
        removed=removed,
    )


def quotes(letter: Letter, message: Message) -> bool:
    """Whether these words stand in what the letter quotes, however it breaks and marks its lines."""
    words = BESIDE_WORDS.sub("", message.text)
    return len(words) >= SHORTEST_QUOTED and words in BESIDE_WORDS.sub("", letter.folded)


def intake_without(intake: Intake, gone: Gone) -> Intake:
    """What the message does not say of the problem; parts of an intake don't tell in which message they were said."""
    said, files = gone.message.text, {file.id for file in gone.message.attachments}
    parts = {part: "" for part in PARTS if getattr(intake, part) and getattr(intake, part) in said}
    evidence = tuple(file for file in intake.evidence if file.id not in files)
    return msgspec.structs.replace(intake, evidence=evidence, **parts)


def _envelope(letter: Letter | None) -> Letter | None:
    """To whom it went, and of whom it came."""
    return msgspec.structs.replace(_without_paper(letter), subject="") if letter else None


def _without_paper(letter: Letter) -> Letter:
    """The letter as it came is gone, too."""
    return msgspec.structs.replace(letter, folded="", arrival_id=None, shortened=False, written=False)


def _standing(standing: Standing, gone: Gone) -> Standing:
    shown, message = standing.preview, gone.message
    same = (shown.at, shown.author_kind) == (message.at, message.author.kind)
    return msgspec.structs.replace(standing, preview=gone.preview) if same else standing


def _summary(summary: Summary, gone: Gone) -> Summary:
    id = gone.message.id
    return msgspec.structs.replace(
        summary,
        asked=tuple(line for line in summary.asked if line.message_id != id),
        tried=tuple(line for line in summary.tried if line.message_id != id),
        facts=tuple(fact for fact in summary.facts if fact.message_id != id),
        intake=intake_without(summary.intake, gone) if summary.intake else None,
    )
