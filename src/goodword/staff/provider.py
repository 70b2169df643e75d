"""OpenID Connect, as far as signing in takes it: finding the provider, sending people there, reading who came back.

Authorization code flow with PKCE (RFC 7636), state and nonce; OpenID Connect Core 1.0; RFC 9207 against mix-ups.
"""

import base64
import hashlib
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from goodword.platform.clock import MINUTE, SECOND
from goodword.platform.errors import BadInput, RemoteError, Unauthenticated
from goodword.platform.http import Outgoing

ALGORITHMS: Final = ["RS256", "ES256"]
KEY_TYPES: Final = ("RSA", "EC")
# Their clock and ours may differ by as much.
LEEWAY: Final = MINUTE // SECOND
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


class Endpoints(msgspec.Struct, frozen=True):
    """Where the provider does what, as it says itself. ``basic``: the secret goes into a header, not into the form."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str | None = None
    basic: bool = True
    says_issuer: bool = False


class Errand(msgspec.Struct, frozen=True):
    """Somebody on his way to the provider: what is compared when he comes back."""

    endpoints: Endpoints
    client_id: str
    nonce: str
    verifier: str
    redirect: str
    back: str


class Person(msgspec.Struct, frozen=True):
    """Who the provider says it is. ``email`` is verified, or empty."""

    issuer: str
    subject: str
    email: str = ""
    name: str = ""
    language: str = ""


class Discovery(msgspec.Struct):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: list[str] = msgspec.field(default_factory=lambda: ["client_secret_basic"])
    authorization_response_iss_parameter_supported: bool = False


class Tokens(msgspec.Struct):
    id_token: str
    access_token: str = ""


async def discover(outgoing: Outgoing, issuer: str, *, inwards: bool) -> Endpoints:
    """``BadInput``: there is no provider at this address, or it calls itself something else."""
    issuer = issuer.strip()
    if urlsplit(issuer).scheme != "https" and not inwards:
        raise BadInput("issuer_https", fields={"issuer": "issuer_https"})
    try:
        answer = await outgoing.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        said = msgspec.json.decode(answer.content, type=Discovery)
    except (RemoteError, msgspec.MsgspecError) as error:
        raise BadInput("issuer", fields={"issuer": "issuer"}) from error
    if said.issuer.rstrip("/") != issuer.rstrip("/"):
        raise BadInput("issuer", fields={"issuer": "issuer"})
    methods = said.token_endpoint_auth_methods_supported
    return Endpoints(
        issuer=said.issuer,
        authorization=said.authorization_endpoint,
        token=said.token_endpoint,
        keys=said.jwks_uri,
        userinfo=said.userinfo_endpoint,
        basic="client_secret_basic" in methods or "client_secret_post" not in methods,
        says_issuer=said.authorization_response_iss_parameter_supported,
    )


def way_there(errand: Errand, state: str) -> str:
    """The address to which the browser is sent."""
    digest = hashlib.sha256(errand.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": errand.client_id,
        "redirect_uri": errand.redirect,
        "scope": "openid email profile",
        "state": state,
        "nonce": errand.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    address = errand.endpoints.authorization
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"


async def who_came(outgoing: Outgoing, errand: Errand, secret: str, code: str, now: int) -> Person:
    """Whom the provider vouches for. ``Unauthenticated``: what it answers doesn't prove anything."""
    try:
        tokens = await _exchange(outgoing, errand, secret, code)
        keys = await outgoing.get(errand.endpoints.keys)
        claims = verified(tokens.id_token, keys.content, errand, now)
        if "email" not in claims and errand.endpoints.userinfo:
            claims = await _with_details(outgoing, errand.endpoints.userinfo, tokens.access_token, claims)
    except (RemoteError, msgspec.MsgspecError) as error:
        raise Unauthenticated("provider_answer") from error
    return person_of(claims)


def verified(id_token: str, key_set: bytes, errand: Errand, now: int) -> dict[str, Any]:
    """The claims of a token that this provider has signed, for us, for this very sign-in, and lately."""
    from joserfc import jwt
    from joserfc.errors import JoseError

    try:
        token = jwt.decode(id_token, _keys(key_set), algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise Unauthenticated("provider_answer") from error
    claims, seconds = token.claims, now // SECOND
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    sound = (
        claims.get("iss") == errand.endpoints.issuer
        and errand.client_id in audiences
        and (len(audiences) == 1 or claims.get("azp") == errand.client_id)
        and claims.get("nonce") == errand.nonce
        and _number(claims.get("exp")) > seconds - LEEWAY
        and _number(claims.get("iat")) < seconds + LEEWAY
        and isinstance(claims.get("sub"), str)
        and 0 < len(claims["sub"]) <= 255
    )
    if not sound:
        raise Unauthenticated("provider_answer")
    return claims


def person_of(claims: dict[str, Any]) -> Person:
    """An e-mail address that the provider has not verified is none: anybody may have written it there."""
    is_verified = claims.get("email_verified") in (True, "true")
    return Person(
        issuer=claims["iss"],
        subject=claims["sub"],
        email=_text(claims, "email") if is_verified else "",
        name=_text(claims, "name") or _text(claims, "preferred_username"),
        language=_text(claims, "locale"),
    )


async def _exchange(outgoing: Outgoing, errand: Errand, secret: str, code: str) -> Tokens:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": errand.redirect,
        "code_verifier": errand.verifier,
    }
    headers = dict(FORM)
    if secret and errand.endpoints.basic:
        pair = f"{quote(errand.client_id, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": errand.client_id} | ({"client_secret": secret} if secret else {})
    answer = await outgoing.post(errand.endpoints.token, urlencode(form).encode(), headers)
    return msgspec.json.decode(answer.content, type=Tokens)


async def _with_details(outgoing: Outgoing, address: str, token: str, claims: dict[str, Any]) -> dict[str, Any]:
    """Some providers tell the e-mail address only there; it counts if it is of the same person."""
    answer = await outgoing.get(address, {"Authorization": f"Bearer {token}", "Accept": "application/json"})
    told = msgspec.json.decode(answer.content, type=dict[str, Any])
    return {**told, **claims} if told.get("sub") == claims["sub"] else claims


def _keys(key_set: bytes) -> Any:
    """Those that may sign; what else stands beside them is nobody's business here."""
    from joserfc.jwk import KeySet

    found = msgspec.json.decode(key_set, type=dict[str, Any]).get("keys")
    given = [one for one in found or () if isinstance(one, dict)]
    signing = [one for one in given if one.get("kty") in KEY_TYPES and one.get("use", "sig") == "sig"]
    return KeySet.import_key_set({"keys": signing})


def _number(value: object) -> float:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else float("nan")


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    return value[:254] if isinstance(value, str) else ""
