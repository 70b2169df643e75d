"""Tokens in headers."""

from goodword.platform.errors import Unauthenticated


def bearer(header: str | None) -> str:
    """The token of an ``Authorization`` header. ``Unauthenticated`` where there is none."""
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("token")
    return token.strip()
