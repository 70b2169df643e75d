"""Codes that change every half minute (RFC 6238, as every authenticator app reckons them), and codes for the drawer."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from io import BytesIO
from typing import Final
from urllib.parse import quote, urlencode

from goodword.platform.clock import SECOND

STEP: Final = 30 * SECOND
DIGITS: Final = 6
# A clock may be half a minute wrong, in either direction.
SKEW: Final = 1
HOW_MANY_RECOVERY_CODES: Final = 10
# Nothing that looks like something else on paper.
ALPHABET: Final = "23456789abcdefghjkmnpqrstvwxyz"


def new_secret() -> str:
    """160 bits, in base32, as people type it and apps read it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int, digits: int = DIGITS) -> str:
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: str, code: str, now: int, after: int = 0) -> int | None:
    """The half minute that ``code`` is of, if it is of now and none up to ``after``, whose codes have been used."""
    given, here = plain(code), now // STEP
    for step in sorted(range(here - SKEW, here + SKEW + 1), key=lambda one: abs(one - here)):
        if step > after and hmac.compare_digest(code_at(secret, step).encode(), given.encode()):
            return step
    return None


def address_of(secret: str, company: str, email: str) -> str:
    """What an app reads from the picture."""
    label = quote(f"{company}:{email}", safe=":@")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': company, 'digits': DIGITS, 'period': 30})}"


def picture_of(address: str) -> str:
    """A QR code as SVG, with a quiet margin on white: dark apps must be able to read it too."""
    import segno

    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", scale=4, border=4, light="#fff", xmldecl=False, svgns=True, nl=False
    )
    return out.getvalue().decode()


def new_recovery_codes() -> list[str]:
    """Ten, each good for one sign-in: 78 bits, so that nothing but a fingerprint need be kept."""
    return [_recovery_code() for _ in range(HOW_MANY_RECOVERY_CODES)]


def plain(code: str) -> str:
    """A code however it was typed: full-width figures, spaces, hyphens, capitals."""
    return _joined(figure for figure in code[:64].casefold() if figure.isalnum())


def _joined(figures: Iterable[str]) -> str:
    return "".join(str(int(figure)) if figure.isdecimal() else figure for figure in figures)


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
