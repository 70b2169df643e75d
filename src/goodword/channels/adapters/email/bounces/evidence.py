"""Whether a mail system wrote this, and whether it speaks of a mail that it could not deliver.

Both are needed: people complain in the same words, and quote the notice that they got.
"""

import re

import msgspec

from goodword.channels.adapters.email.bounces.notices import Notice, speaks_technically
from goodword.channels.adapters.email.bounces.originals import carries_original
from goodword.channels.adapters.email.bounces.signs import holds, plain, signs
from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.mime.structure import Entity
from goodword.channels.adapters.email.persons import answers_or_forwards, written_in_a_mail_program

CERTAIN, POSSIBLE, NONE = 2, 1, 0
LONGEST_OPENING = 3_000
_LOCAL_PART = re.compile(r"([\w.+=-]{1,64})@")
_BARE = re.compile(r"<?\s*([\w.-]{1,64})\s*>?\s*$")
_NULL_PATH = re.compile(rb"\s*<?\s*(?:mailer-daemon(?:@[^>]*)?)?\s*>?\s*", re.IGNORECASE)


class Evidence(msgspec.Struct, frozen=True):
    """``telling``: the subject or the words are a mail system's own; ``weight`` of all that points the same way."""

    author: int
    telling: bool
    weight: int
    technical: bool
    otherwise: bool

    @property
    def is_bounce(self) -> bool:
        if self.otherwise or not self.telling:
            return False
        return self.author == CERTAIN or (self.author == POSSIBLE and self.technical and self.weight >= 3)


def weigh(entity: Entity, notice: Notice) -> Evidence:
    author = authorship(entity)
    if author == NONE:
        # Most mail is written by people: it isn't searched for what machines say.
        return Evidence(NONE, False, 0, False, False)
    subject = plain(text_of(entity.header("subject")))
    opening = plain(notice.said[:LONGEST_OPENING])
    titled = _is_titled(subject, author)
    maybe = holds(opening, signs().maybe)
    surely = holds(opening, signs().surely) or (maybe and _is_made_for_reports(entity))
    original = bool(notice.original) or carries_original(entity)
    technical = surely or original or speaks_technically(notice.said[:LONGEST_OPENING])
    weight = 2 * titled + 2 * surely + maybe + technical + carries_original(entity)
    return Evidence(author, titled or surely, weight, technical, _speaks_otherwise(entity, subject))


def authorship(entity: Entity) -> int:
    """How sure it is that a mail system, and no person, wrote this mail."""
    if entity.content_type == "multipart/report" or _is_made_for_reports(entity):
        return CERTAIN
    sender = plain(text_of(entity.header("from")))
    local = _LOCAL_PART.search(sender) or _BARE.match(sender)
    office = local[1] if local else ""
    if office.startswith(tuple(signs().programs)):
        return CERTAIN
    named = holds(sender.partition("<")[0] or sender, signs().names)
    nowhere = has_null_path(entity)
    if (office.startswith("post") and office in signs().offices and (named or nowhere)) or (named and not office):
        return CERTAIN
    return POSSIBLE if named or nowhere or not office or office in signs().offices else NONE


def _is_made_for_reports(entity: Entity) -> bool:
    """By what only such mails have: a header, a mark of the server that began it, the form of RFC 3464."""
    if any(entity.all(name) for name in signs().headers):
        return True
    if any(b"invoked for bounce" in value for value in entity.all("received")[:3]):
        return True
    kind = entity.params.get("report-type", "").lower()
    return entity.content_type == "multipart/report" and kind.endswith("delivery-status")


def has_null_path(entity: Entity) -> bool:
    """A mail that must not be answered, says RFC 5321: mail systems send theirs so, and so do absence notes."""
    return any(_NULL_PATH.fullmatch(value) for value in entity.all("return-path"))


def _is_titled(subject: str, author: int) -> bool:
    return subject.startswith(signs().subject_begins) or (author == CERTAIN and holds(subject, signs().subject_holds))


def _speaks_otherwise(entity: Entity, subject: str) -> bool:
    """A person's mail after all, or a word that the mail arrived."""
    person = answers_or_forwards(subject) or written_in_a_mail_program(entity)
    return (person and not _is_made_for_reports(entity)) or subject.startswith(signs().subject_arrived)
