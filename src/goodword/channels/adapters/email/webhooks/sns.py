"""Whether it was Amazon's notification service that posted something: it signs, with certificates from its own hosts.

That alone proves little, because everybody may have Amazon post something; the token in the address proves the rest.
"""

import base64
import binascii
import re
from typing import Final
from urllib.parse import urlsplit

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm

from goodword.platform.errors import Unauthenticated
from goodword.platform.http import Outgoing

HOST = re.compile(r"sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?")
SIGNED: Final = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}
MOST_KEPT: Final = 20


class Posted(msgspec.Struct, frozen=True):
    Type: str = ""
    SignatureVersion: str = ""
    Signature: str = ""
    SigningCertURL: str = ""
    SubscribeURL: str = ""


class Amazon:
    """Knows the certificates it has seen."""

    def __init__(self) -> None:
        self._certificates: dict[str, bytes] = {}

    async def check(self, body: bytes, outgoing: Outgoing) -> Posted:
        """What was posted. ``Unauthenticated``: not by Amazon; ``Unreachable``: that can't be told just now."""
        try:
            posted = msgspec.json.decode(body, type=Posted)
            values = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Unauthenticated("signature") from error
        certificate = await self._certificate(posted.SigningCertURL, outgoing)
        try:
            _verify(posted, canonical(posted.Type, values), certificate)
        except (InvalidSignature, ValueError, binascii.Error) as error:
            raise Unauthenticated("signature") from error
        return posted

    async def confirm(self, posted: Posted, outgoing: Outgoing) -> None:
        """Say yes to a subscription that somebody with the channel's token has asked for."""
        _need_amazon(posted.SubscribeURL)
        await outgoing.get(posted.SubscribeURL)

    async def _certificate(self, url: str, outgoing: Outgoing) -> bytes:
        _need_amazon(url)
        if url not in self._certificates:
            answer = await outgoing.get(url)
            if len(self._certificates) >= MOST_KEPT:
                self._certificates.clear()
            self._certificates[url] = answer.content
        return self._certificates[url]


def canonical(type: str, values: dict[str, msgspec.Raw]) -> bytes:
    """What is signed: names and values of the signed fields that are there, a line each."""
    lines: list[str] = []
    for name in SIGNED.get(type, ()):
        if name in values:
            lines += [name, msgspec.json.decode(values[name], type=str)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _verify(posted: Posted, signed: bytes, certificate: bytes) -> None:
    key = x509.load_pem_x509_certificate(certificate).public_key()
    if not signed or not isinstance(key, RSAPublicKey):
        raise ValueError("nothing to verify")
    algorithm: HashAlgorithm = SHA256() if posted.SignatureVersion == "2" else SHA1()
    key.verify(base64.b64decode(posted.Signature), signed, PKCS1v15(), algorithm)


def _need_amazon(url: str) -> None:
    try:
        parts = urlsplit(url)
        ours = parts.scheme == "https" and HOST.fullmatch(parts.hostname or "") and parts.port in (None, 443)
    except ValueError:
        ours = False
    if not ours:
        raise Unauthenticated("signature")
