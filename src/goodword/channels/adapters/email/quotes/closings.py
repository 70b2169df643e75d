"""What stands below somebody's words: devices, lawyers, mailing lists; and above them: banners of mail servers."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from goodword.channels.adapters.email.quotes.vocabulary import vocabulary

LONGEST_DEVICE = 110
LONGEST_BANNER = 400
SHORTEST_DISCLAIMER = 40
LINK = re.compile(r"\s?[<(\[]https?://[^\s>)\]]*[>)\]]")
MOST_WORDS = 11
OWN_DEVICE = re.compile(r"sent from my (?:[\w'’-]+ ?){1,6}$|from my (?:iphone|ipad|android|mobile|phone)(?: \w{1,8})?$")
OWN = ("sent from my ", "from my ")
SENTENCES = re.compile(r"[,.!;]\s+|\s[-–—]\s|(?<=[。！])")


@cache
def tables() -> dict[str, tuple[str, ...]]:
    source = files(__package__).joinpath("closings.toml").read_text(encoding="utf-8")
    return {name: tuple(words) for name, words in tomllib.loads(source).items()}


def is_device(line: str) -> bool:
    """ "Sent from my iPhone", with an excuse behind it or none; "Sent from my desk, which is easier" is a person's."""
    if len(line) > LONGEST_DEVICE:
        return False
    said = (LINK.sub("", line) if "://" in line else line).strip("<>()[]*_-—|~ ").casefold()
    if not (said.startswith(OWN) or _holds(said, "devices")):
        return False
    first, *rest = SENTENCES.split(said, maxsplit=1)
    if len(first.split()) <= MOST_WORDS and _names_device(first):
        return True
    return OWN_DEVICE.match(first) is not None and (not rest or rest[0].startswith(_excusing()))


def _excusing() -> tuple[str, ...]:
    return tables()["excuses"] + tables()["devices"]


def _names_device(said: str) -> bool:
    found = vocabulary().sent_with.match(said)
    return found is not None and any(word in said for word in tables()["devices"])


def is_disclaimer(paragraph: str) -> bool:
    said = paragraph.strip("*_-—~<>[]【】 ").casefold()
    if len(said) < SHORTEST_DISCLAIMER:
        return False
    by_lawyers = said.startswith(tables()["disclaimers"]) and _holds(said, "legal")
    return by_lawyers or (_holds(said, "recipients") and _holds(said, "legal", 2))


def _holds(said: str, table: str, least: int = 1) -> bool:
    """Whether at least so many of the table's phrases stand in it."""
    for phrase in tables()[table]:
        if phrase in said:
            least -= 1
            if least == 0:
                return True
    return False


def is_footer(line: str) -> bool:
    return line.strip("*_-—~<>[]| ").casefold().startswith(tables()["footers"])


def is_banner(line: str) -> bool:
    said = line.strip("*_-—~<>【⚠️! ").casefold()[:LONGEST_BANNER]
    if not said.startswith(tables()["banners"]):
        return False
    return _holds(said, "banner_words", 1 if said.endswith("]") else 2)


def continues_banner(line: str) -> bool:
    return _holds(line.casefold()[:LONGEST_BANNER], "banner_words")


def is_list_footer(below_ruler: str) -> bool:
    said = below_ruler.casefold()
    return any(word in said for word in tables()["lists"])


def asks_to_reply_above(line: str) -> bool:
    """Whoever tells that they replied above this line draws nothing around it."""
    said = line.casefold()
    if not _holds(said, "reply_above"):
        return False
    return not said[0].isalnum() or said.removeprefix("please ").startswith(tables()["reply_above"])
