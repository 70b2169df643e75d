"""Who may post mail to a channel: who has its token or the secret agreed with the provider, or signs with that."""

import base64
import binascii
import hashlib
import hmac
from urllib.parse import parse_qs

from goodword.channels.adapters.email.webhooks.forms import Form
from goodword.channels.model import Channel
from goodword.platform import ids
from goodword.platform.clock import DAY, SECOND

# Providers try for hours; what is older was overheard.
OLDEST = DAY


def has_token(channel: Channel, secret: str, authorization: str, query: str) -> bool:
    """As ``Bearer``, as the password or name of ``Basic``, or as ``?token=`` in the address."""
    given = [*_of_header(authorization), *parse_qs(query).get("token", ())]
    return any(_opens(channel, secret, token) for token in given if token)


def is_signed_by_mailgun(form: Form, secret: str, now: int) -> bool:
    timestamp, token = form.text("timestamp"), form.text("token")
    if not (secret and token and timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 15):
        return False
    expected = hmac.new(secret.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    fresh = abs(now - int(timestamp) * SECOND) <= OLDEST
    return fresh and hmac.compare_digest(expected.encode(), form.fields.get("signature", b""))


def _opens(channel: Channel, secret: str, token: str) -> bool:
    agreed = bool(secret) and hmac.compare_digest(secret.encode(), token.encode("utf-8", "replace"))
    return agreed or hmac.compare_digest(_fingerprint(token), channel.token_hash.encode())


def _fingerprint(token: str) -> bytes:
    return ids.fingerprint(token.encode("utf-8", "replace").decode()).encode()


def _of_header(authorization: str) -> list[str]:
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return [value.strip()]
    if scheme.lower() != "basic":
        return []
    try:
        name, _, password = base64.b64decode(value.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return []
    return [password, name]
