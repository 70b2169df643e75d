"""Lines that introduce a quotation: "On Monday, 3 March 2025 at 10:15, Dana Evans <dana@…> wrote:"."""

import re
from collections.abc import Sequence

from goodword.channels.adapters.email.quotes.evidence import (
    BRACKETED,
    DATE_FIRST,
    has_address,
    has_date,
    has_time,
)
from goodword.channels.adapters.email.quotes.vocabulary import FIRST_UNSPACED, plain_case, vocabulary

MOST_LINES = 6
LONGEST = 400
SENDER_LAST = re.compile(
    r"[^\w<>@]{0,3}\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? [^<>]{1,80} <[^<>@\s]{1,64}@[^<>@\s]{1,100}>$"
)


def may_end_attribution(line: str) -> bool:
    """Cheap to ask of every line."""
    bare = line.rstrip("*_ ")
    return bare.endswith((":", "：", "----")) or _ends_with_verb(bare) or SENDER_LAST.match(bare) is not None


def attribution_start(lines: Sequence[str], end: int, quote_follows: bool) -> int | None:
    """Where the attribution that ends with line ``end`` begins; None where there is none."""
    found = None
    joined = ""
    for start in range(end, max(end - MOST_LINES, -1), -1):
        if not lines[start] and not _goes_on(lines[start + 1]):
            break
        joined = f"{lines[start]} {joined}" if joined else lines[start]
        if len(joined) > LONGEST:
            break
        if lines[start] and _is_attribution(joined, quote_follows):
            whole = _is_whole(joined)
            found = start if found is None or whole else found
            if whole:
                break
    return found


def _goes_on(line: str) -> bool:
    """Some programs put the address between empty lines."""
    return line.startswith(("<", "mailto:", ">", "wrote", "a écrit"))


def _is_attribution(joined: str, quote_follows: bool) -> bool:
    """With a verb little else is needed where a quotation follows; without one, or before bare text, much."""
    closed = joined.rstrip("*_- ").endswith((":", "："))
    body = joined.lstrip("*_->— ").rstrip("*_-—:： ")
    bracketed = BRACKETED.search(body) is not None
    dated, timed = has_date(body), has_time(body)
    points = has_address(body) + dated + timed
    verb = vocabulary().wrote.search(body)
    if verb is None and closed:
        return _names_only_sender(body, dated, timed)
    if verb is None:
        return quote_follows and SENDER_LAST.match(body) is not None
    well = _begins_well(joined)
    if bracketed and (dated or timed or well):
        return closed or _ends_with_verb(body)
    if not closed and not _ends_with_verb(body):
        return False
    if quote_follows:
        return points > 0 or well or _ends_with_verb(body)
    placed = well or has_address(body) or verb[0] > FIRST_UNSPACED
    return points >= 2 and placed and not _tells_a_story(body, verb[0])


def _names_only_sender(body: str, dated: bool, timed: bool) -> bool:
    """``2024-11-24 16:32 GMT+01:00 Camille Roy <camille@…>:``"""
    return dated and timed and _begins_well(body) and BRACKETED.search(body) is not None


def _begins_well(joined: str) -> bool:
    bare = joined.lstrip("*_->—“\"' ")
    if vocabulary().wrote.match(bare):
        return False
    return vocabulary().opener.match(bare) is not None or DATE_FIRST.match(bare) is not None


def _is_whole(joined: str) -> bool:
    return _begins_well(joined) or (BRACKETED.search(joined) is not None and has_date(joined))


def _ends_with_verb(body: str) -> bool:
    tail = body[-40:].rstrip("*_- :：，,.、")
    if not plain_case(tail).endswith(vocabulary().verbs):
        return False
    return any(found.end() == len(tail) for found in vocabulary().wrote.finditer(tail))


def _tells_a_story(body: str, verb: str) -> bool:
    """ "On 3 March 2025 at 10:15 he wrote:" is what a person writes; programs write names."""
    if has_address(body):
        return False
    pronouns = vocabulary().pronouns.get(verb.casefold(), frozenset())
    words = {word.strip(",.'\"").casefold() for word in body.split()[1:]}
    return not words.isdisjoint(pronouns) or body.startswith(tuple(word for word in pronouns if word > FIRST_UNSPACED))
