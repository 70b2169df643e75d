"""Mailboxes of Google and Microsoft, opened by leave of who runs them instead of by a password (XOAUTH2)."""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

import msgspec

from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble
from goodword.channels.model import Channel
from goodword.platform.clock import MINUTE, SECOND
from goodword.platform.errors import Rejected, Unreachable
from goodword.platform.http import Outgoing

FORM: Final = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
# One that ends while a connection is being made is of no use.
SPARE: Final = 2 * MINUTE
REFRESH_TOKEN: Final = "oauth_refresh_token"


class Provider(msgspec.Struct, frozen=True):
    """Where it is asked for leave, and for what. ``{tenant}``: whose directory, at Microsoft."""

    consent: str
    token: str
    scope: str
    more: Mapping[str, str]


PROVIDERS: Final[Mapping[str, Provider]] = {
    "google": Provider(
        consent="https://accounts.google.com/o/oauth2/v2/auth",
        token="https://oauth2.googleapis.com/token",
        scope="https://mail.google.com/",
        more={"access_type": "offline", "prompt": "consent"},
    ),
    "microsoft": Provider(
        consent="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
        token="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
        scope="offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
        more={"response_mode": "query"},
    ),
}


class Granted(msgspec.Struct):
    """A token end point's answer."""

    access_token: str
    expires_in: int = 3600
    refresh_token: str = ""


class Access(msgspec.Struct, frozen=True):
    """What opens the mailbox ``until`` then. ``given``: the refresh token it came from, ``refresh``: the next one."""

    token: str
    until: int
    given: str
    refresh: str


class Tokens:
    """Access tokens by channel, kept until shortly before they end; one for the process is enough."""

    def __init__(self, providers: Mapping[str, Provider] = PROVIDERS) -> None:
        self.providers = providers
        self._known: dict[str, Access] = {}

    async def token(self, channel: Channel, outgoing: Outgoing, now: int) -> str:
        """Empty where the mailbox opens by password. ``channel.settings`` in the clear.

        ``MailboxTrouble``: ``oauth`` where somebody must sign in again, else the provider doesn't answer.
        """
        provider = self.providers.get(str(channel.settings.get("sign_in")))
        if provider is None:
            return ""
        known = self._of(channel)
        if known.until - SPARE <= now:
            known = await self._renewed(channel, provider, known, outgoing, now)
            self._known[channel.id] = known
        return known.token

    def to_keep(self, channel: Channel) -> dict[str, str]:
        """The secret that took the place of one in the channel's settings, for who can store it again."""
        known = self._of(channel)
        return {REFRESH_TOKEN: known.refresh} if known.refresh != channel.settings.get(REFRESH_TOKEN) else {}

    def forget(self, channel_id: str) -> None:
        """The server didn't take the access token; the refresh token may still be good."""
        if known := self._known.get(channel_id):
            self._known[channel_id] = msgspec.structs.replace(known, until=0)

    def _of(self, channel: Channel) -> Access:
        """Nothing, where somebody has signed in anew since."""
        given = str(channel.settings.get(REFRESH_TOKEN) or "")
        known = self._known.get(channel.id)
        return known if known and given in (known.given, known.refresh) else Access("", 0, given, given)

    async def _renewed(
        self, channel: Channel, provider: Provider, known: Access, outgoing: Outgoing, now: int
    ) -> Access:
        if not known.refresh:
            raise MailboxTrouble("oauth", "nobody has signed in yet")
        asked = {"grant_type": "refresh_token", "refresh_token": known.refresh}
        granted = await _ask(outgoing, provider, channel.settings, asked)
        until = now + max(granted.expires_in, 0) * SECOND
        return Access(granted.access_token, until, known.given, granted.refresh_token or known.refresh)


tokens = Tokens()


def consent_address(
    provider: Provider, settings: Mapping[str, Any], *, redirect: str, state: str, verifier: str
) -> str:
    """The page on which the mailbox's owner agrees."""
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": str(settings.get("oauth_client_id") or ""),
        "redirect_uri": redirect,
        "scope": provider.scope,
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "login_hint": str(settings.get("imap_user") or settings.get("address") or ""),
        **provider.more,
    }
    return f"{_at(provider.consent, settings)}?{urlencode(asked)}"


async def refresh_token(
    outgoing: Outgoing, provider: Provider, settings: Mapping[str, Any], *, code: str, redirect: str, verifier: str
) -> str:
    """What the code of somebody who agreed is worth. ``MailboxTrouble``."""
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect, "code_verifier": verifier}
    granted = await _ask(outgoing, provider, settings, asked)
    if not granted.refresh_token:
        raise MailboxTrouble("oauth", "the provider gave no refresh token")
    return granted.refresh_token


async def _ask(
    outgoing: Outgoing, provider: Provider, settings: Mapping[str, Any], asked: Mapping[str, str]
) -> Granted:
    form = {
        **asked,
        "client_id": str(settings.get("oauth_client_id") or ""),
        "client_secret": str(settings.get("oauth_client_secret") or ""),
    }
    body = urlencode({name: value for name, value in form.items() if value}).encode()
    try:
        answer = await outgoing.post(_at(provider.token, settings), body, FORM)
        return msgspec.json.decode(answer.content, type=Granted)
    except (Rejected, msgspec.MsgspecError) as no:
        raise MailboxTrouble("oauth", str(no)) from no
    except Unreachable as away:
        raise MailboxTrouble("timeout", str(away)) from away


def _at(address: str, settings: Mapping[str, Any]) -> str:
    return address.replace("{tenant}", quote(str(settings.get("oauth_tenant") or "common"), safe=""))
