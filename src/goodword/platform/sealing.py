"""Secrets that must be read again: kept so that a copy of the database alone doesn't tell them."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from goodword.platform.errors import Broken

NONCE = 12


def seal(key: bytes, about: str, text: str) -> str:
    """``text`` as AES-256-GCM under the desk's ``key``; it opens only for what it is ``about``."""
    nonce = secrets.token_bytes(NONCE)
    return base64.urlsafe_b64encode(nonce + _cipher(key).encrypt(nonce, text.encode(), about.encode())).decode()


def unseal(key: bytes, about: str, sealed: str) -> str:
    """The text again. ``Broken``: sealed with another key, about something else, or changed."""
    try:
        raw = base64.urlsafe_b64decode(sealed)
        return _cipher(key).decrypt(raw[:NONCE], raw[NONCE:], about.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Broken("sealed_with_another_key") from error


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"goodword sealing 1").derive(key))
