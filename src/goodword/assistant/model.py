"""What the assistant has before it when it decides, and what it decides."""

from typing import Literal

import msgspec

from goodword.channels.restraint import Restraint
from goodword.conversations import Choice, Intake
from goodword.conversations.model import Attachment, HandoverReason

Kind = Literal["answer", "ask_back", "hand_over", "unknown"]

PERSON = "person"
OTHER = "other"
SKIP = "skip"
"""Choices that are no passages."""


class Found(msgspec.Struct, frozen=True):
    """A passage that may answer.

    ``meaning`` is how near it is to the question, None without an embedder; ``words`` the raw BM25; ``coverage`` the
    share of the question's words that stand in it, rare ones counting more.
    """

    passage_id: str
    article_id: str
    slug: str
    title: str
    heading: str
    language: str
    text: str
    score: float
    meaning: float | None
    words: float
    coverage: float
    url: str

    @property
    def section(self) -> tuple[str, str]:
        return self.article_id, self.heading

    @property
    def label(self) -> str:
        return self.heading or self.title


class Turn(msgspec.Struct, frozen=True):
    """One decision before this one: what was asked, what was decided and said, which passages were used."""

    question: str
    kind: Kind
    rule: str
    text: str
    passages: tuple[str, ...] = ()


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """A question, which may have come in several quick messages, and what went before in the conversation.

    ``language`` is one of ours. ``choice``: the id of the offered choice that was taken. ``past``: oldest first.
    ``intake``: the problem he is reporting, while parts of it may be missing; ``files`` came with the question;
    ``restraint``: why a program must not answer it.
    """

    message_id: str
    question: str
    language: str
    wants_human: bool = False
    choice: str | None = None
    past: tuple[Turn, ...] = ()
    introduced: bool = False
    intake: Intake | None = None
    files: tuple[Attachment, ...] = ()
    restraint: Restraint = ""

    @property
    def last(self) -> Turn | None:
        return self.past[-1] if self.past else None


class Check(msgspec.Struct, frozen=True):
    """Something that was asked before deciding."""

    name: str
    passed: bool
    detail: str = ""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What is said and done. An empty ``text`` says nothing. ``checks``: what the decision rests on, for the trace.

    ``intake``: what is known of the customer's problem from now on.
    """

    kind: Kind
    rule: str
    text: str = ""
    sources: tuple[Found, ...] = ()
    choices: tuple[Choice, ...] = ()
    reason: HandoverReason | None = None
    checks: tuple[Check, ...] = ()
    intake: Intake | None = None
    template: str | None = None
