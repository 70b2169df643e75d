"""When a mail says it was written."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?")
_LENIENT = re.compile(
    r"(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*[\s,-]+(\d{2,4})\s+(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?[^+-]{0,20}([+-]\d{4})?"
)
_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)


def date_of(raw: bytes) -> int | None:
    """In ms; ``None`` for what no clock could mean."""
    written = " ".join(raw[:200].decode("ascii", "ignore").split())
    for read in (_by_the_book, _iso, _lenient):
        try:
            moment = read(written)
            moment = moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
            if moment and _EARLIEST < moment < _LATEST:
                return int(moment.timestamp() * 1000)
        except (ValueError, TypeError, IndexError, OverflowError, KeyError):
            continue
    return None


def _by_the_book(written: str) -> datetime | None:
    return parsedate_to_datetime(written)


def _iso(written: str) -> datetime | None:
    found = _ISO.search(written)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(number or 0) for number in found.groups()[:6])
    return datetime(year, month, day, hour, minute, second, tzinfo=_zone(found[7]))


def _lenient(written: str) -> datetime | None:
    found = _LENIENT.search(written)
    if not found:
        return None
    year = int(found[3])
    year += 0 if year > 999 else 2000 if year < 70 else 1900
    month = _MONTHS[found[2].lower()]
    return datetime(
        year, month, int(found[1]), int(found[4]), int(found[5]), int(found[6] or 0), tzinfo=_zone(found[7])
    )


def _zone(written: str | None) -> timezone:
    if not written or written == "Z":
        return UTC
    digits = written[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if written[0] == "-" else offset)
