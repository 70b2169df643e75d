"""A small OpenID Connect provider: real HTTP, real keys, and as dishonest as a test wants it."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "goodword", "a secret: with/odd characters&"


@cache
def rsa_key(kid: str) -> RSAKey:
    """Made once: it takes a while."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


class Idp:
    """``person`` is who signs in next; ``twist`` may change the claims, ``signing`` and ``header`` how it is signed."""

    def __init__(self, url: str) -> None:
        self.issuer = url
        self.rsa = rsa_key("rsa-1")
        self.ec = ECKey.generate_key("P-256", {"kid": "ec-1", "use": "sig"})
        self.published: list[Any] = [self.rsa, self.ec]
        self.person: dict[str, Any] = {"sub": "u-1", "email": "li@fennel-oak.example", "email_verified": True}
        self.twist: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.signing: Any = self.rsa
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "rsa-1"}
        self.says_issuer = True
        self.userinfo: dict[str, Any] | None = None
        self.auth_methods = ["client_secret_basic"]
        self.now = time.time
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def authorize(self, query: dict[str, str], error: str = "") -> str:
        """Where the browser is sent back to."""
        back = {"state": query["state"]} | ({"iss": self.issuer} if self.says_issuer else {})
        if error:
            return f"{query['redirect_uri']}?{urlencode(back | {'error': error})}"
        code = secrets.token_urlsafe(12)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode(back | {'code': code})}"

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=1",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "token_endpoint_auth_methods_supported": self.auth_methods,
            "authorization_response_iss_parameter_supported": self.says_issuer,
        }

    def jwks(self) -> dict[str, Any]:
        keys = [key.as_dict(private=False) for key in self.published]
        strange = {"kty": "AKP", "kid": "of-tomorrow", "alg": "ML-DSA-44", "pub": "AA"}
        return {"keys": [strange, {**keys[0], "kid": "enc", "use": "enc"}, *keys]}

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """None: refused. The code counts once, with its verifier, for the client who asked."""
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or not self._is_client(form, authorization):
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if challenge != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(self.now())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = self.twist({**claims, **self.person})
        return {"id_token": self._signed(claims), "access_token": "at", "token_type": "Bearer"}

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.header["alg"] in ("RS256", "ES256", "RS384"):
            return jwt.encode(self.header, claims, self.signing, algorithms=[self.header["alg"]])
        # No decent library would: without a signature, or with the public key as if it were a secret.
        said = ".".join(_text64(json.dumps(part).encode()) for part in (self.header, claims))
        if self.header["alg"] == "none":
            return f"{said}."
        return f"{said}.{_text64(hmac.digest(self.rsa.as_pem(private=False), said.encode(), 'sha256'))}"

    def _is_client(self, form: dict[str, str], authorization: str) -> bool:
        if "client_secret_basic" in self.auth_methods:
            user, _, password = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
            return (unquote(user), unquote(password)) == (CLIENT, SECRET)
        return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)


def _text64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def running() -> Iterator[Idp]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    idp = server.idp = Idp(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield idp
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Door(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        idp: Idp = self.server.idp  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        idp.asked.append(parts.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match parts.path:
            case "/.well-known/openid-configuration":
                self._say(idp.discovery())
            case "/jwks":
                self._say(idp.jwks())
            case "/userinfo":
                self._say(idp.userinfo)
            case "/authorize":
                self.send_response(302)
                self.send_header("Location", idp.authorize(query))
                self.end_headers()
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        idp: Idp = self.server.idp  # type: ignore[attr-defined]
        idp.asked.append(self.path)
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._say(idp.token(form, self.headers.get("authorization", "")))

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def _say(self, answer: Any) -> None:
        body = json.dumps(answer if answer is not None else {"error": "invalid_grant"}).encode()
        self.send_response(200 if answer is not None else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
