"""What the filters on the way thought of a mail. Who writes into his own mail that it is spam may be believed."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.mime.structure import Entity

# So many stars are spam where the filter says no more than that: SpamAssassin's own measure.
STARS = 5
_STARS = re.compile(r"\s*([*+sx#]+)")
# MailScanner puts the company's name in between.
_OF_COMPANY = re.compile(r"x-.*(mailscanner-spamcheck)$")


def looks_like_spam(entity: Entity) -> bool:
    """Whether any filter says so in its headers."""
    if any(_says_spam(name.lower(), value) for name, value in entity.headers):
        return True
    return not entity.all("x-spam-status") and not entity.all("x-spam-flag") and _stars(entity) >= STARS


def _says_spam(name: str, value: bytes) -> bool:
    company = _OF_COMPANY.fullmatch(name)
    patterns = _patterns().get(f"x-{company[1]}" if company else name, ())
    said = text_of(value[:2_000]).lower() if patterns else ""
    return any(pattern.search(said) for pattern in patterns)


def _stars(entity: Entity) -> int:
    found = _STARS.match(text_of(entity.header("x-spam-level")[:200]).lower())
    return len(found[1]) if found else 0


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    found = tomllib.loads(files(__package__).joinpath("spam.toml").read_text(encoding="utf-8"))["headers"]
    return {name: tuple(map(re.compile, patterns)) for name, patterns in found.items()}
