"""Identifiers: a short prefix that says what it names, then a sortable random part."""

import hashlib
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new(prefix: str, at: int) -> str:
    """A fresh id such as ``cnv_01k2…``: 10 characters of time in milliseconds, 16 of randomness (80 bits).

    Ids made later sort later; two made in the same millisecond sort at random.
    """
    return f"{prefix}_{_base32(at, 10)}{_base32(secrets.randbits(80), 16)}"


def derived(prefix: str, *parts: str) -> str:
    """The same id for the same parts: for deeds that may be asked for twice and must happen once."""
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return f"{prefix}_{_base32(int.from_bytes(digest), 26)}"


def secret(prefix: str) -> str:
    """An unguessable token (256 bits) to be shown once and stored only as ``fingerprint``."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def fingerprint(token: str) -> str:
    """What is stored of a token: its SHA-256 in hex. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _base32(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, rest = divmod(number, 32)
        digits.append(ALPHABET[rest])
    return "".join(reversed(digits))
