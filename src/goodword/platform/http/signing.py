"""How those whom we call can tell that it was us: the way of standardwebhooks.com."""

import base64
import hashlib
import hmac


def webhook_signature(secret: str, id: str, timestamp: str, body: bytes) -> str:
    """``v1,`` and the base64 HMAC-SHA256 of ``id.timestamp.body``."""
    signed = b".".join((id.encode(), timestamp.encode(), body))
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
