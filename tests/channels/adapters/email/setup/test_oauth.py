"""Mailboxes that open by leave instead of a password."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble
from goodword.channels.adapters.email.oauth import PROVIDERS, Tokens, consent_address, refresh_token
from goodword.channels.model import Channel
from goodword.platform.clock import HOUR, MINUTE
from goodword.platform.http import Outgoing

pytestmark = pytest.mark.anyio


class Provider:
    """Gives out tokens, each a new one; ``rotates``: also the one to come back with."""

    def __init__(self, *, rotates: bool = False, status: int = 200) -> None:
        self.rotates = rotates
        self.status = status
        self.asked: list[dict[str, str]] = []
        self.outgoing = Outgoing(httpx.AsyncClient(transport=httpx.MockTransport(self._answer)))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append({"": str(request.url), **{k: v[0] for k, v in parse_qs(request.content.decode()).items()}})
        said = {"access_token": f"access-{len(self.asked)}", "expires_in": 3600, "token_type": "Bearer"}
        if self.rotates or self.asked[-1]["grant_type"] == "authorization_code":
            said["refresh_token"] = f"refresh-{len(self.asked)}"
        return httpx.Response(self.status, json=said if self.status == 200 else {"error": "invalid_grant"})


def mailbox(refresh: str = "refresh-0", by: str = "microsoft", **more: str) -> Channel:
    settings = {"sign_in": by, "oauth_client_id": "desk", "oauth_client_secret": "s", "oauth_refresh_token": refresh}
    return Channel("chn_1", "email", "Care", "care", {**settings, **more}, "", 0)


async def test_a_mailbox_with_a_password_needs_no_token() -> None:
    provider = Provider()
    assert await Tokens().token(mailbox(by="password"), provider.outgoing, 0) == ""
    assert provider.asked == []


async def test_a_token_is_used_until_shortly_before_it_ends() -> None:
    provider, tokens = Provider(), Tokens()
    assert await tokens.token(mailbox(), provider.outgoing, 0) == "access-1"
    assert await tokens.token(mailbox(), provider.outgoing, HOUR - 3 * MINUTE) == "access-1"
    assert await tokens.token(mailbox(), provider.outgoing, HOUR - 1 * MINUTE) == "access-2"
    assert provider.asked[0] == {
        "": "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "grant_type": "refresh_token",
        "refresh_token": "refresh-0",
        "client_id": "desk",
        "client_secret": "s",
    }


async def test_a_company_of_its_own_at_microsoft() -> None:
    provider = Provider()
    await Tokens().token(mailbox(oauth_tenant="fennel-oak.example"), provider.outgoing, 0)
    assert provider.asked[0][""].startswith("https://login.microsoftonline.com/fennel-oak.example/")


async def test_a_refresh_token_that_was_replaced_is_used_and_handed_over_to_be_kept() -> None:
    provider, tokens = Provider(rotates=True), Tokens()
    assert tokens.to_keep(mailbox()) == {}
    await tokens.token(mailbox(), provider.outgoing, 0)
    assert tokens.to_keep(mailbox()) == {"oauth_refresh_token": "refresh-1"}
    kept = mailbox("refresh-1")
    assert tokens.to_keep(kept) == {}
    assert await tokens.token(kept, provider.outgoing, MINUTE) == "access-1"
    await tokens.token(kept, provider.outgoing, 2 * HOUR)
    assert provider.asked[-1]["refresh_token"] == "refresh-1"


async def test_who_has_signed_in_anew_is_asked_for_with_the_new_token() -> None:
    provider, tokens = Provider(), Tokens()
    await tokens.token(mailbox(), provider.outgoing, 0)
    await tokens.token(mailbox("another"), provider.outgoing, MINUTE)
    assert provider.asked[-1]["refresh_token"] == "another"


async def test_a_token_that_the_server_would_not_take_is_not_shown_again() -> None:
    provider, tokens = Provider(), Tokens()
    await tokens.token(mailbox(), provider.outgoing, 0)
    tokens.forget("chn_1")
    assert await tokens.token(mailbox(), provider.outgoing, MINUTE) == "access-2"


@pytest.mark.parametrize(("status", "reason"), [(400, "oauth"), (401, "oauth"), (503, "timeout")])
async def test_leave_that_was_withdrawn_is_told_apart_from_a_provider_that_is_away(status: int, reason: str) -> None:
    with pytest.raises(MailboxTrouble) as no:
        await Tokens().token(mailbox(), Provider(status=status).outgoing, 0)
    assert no.value.reason == reason


async def test_nobody_has_signed_in_yet() -> None:
    with pytest.raises(MailboxTrouble) as no:
        await Tokens().token(mailbox(""), Provider().outgoing, 0)
    assert no.value.reason == "oauth"


async def test_there_and_back() -> None:
    there = consent_address(
        PROVIDERS["google"], mailbox(by="google").settings, redirect="https://desk/back", state="st", verifier="v" * 43
    )
    asked = {name: value[0] for name, value in parse_qs(urlsplit(there).query).items()}
    assert there.startswith("https://accounts.google.com/")
    assert (asked["scope"], asked["access_type"], asked["state"]) == ("https://mail.google.com/", "offline", "st")
    assert asked["code_challenge_method"] == "S256"
    assert "v" * 43 not in there
    provider = Provider()
    kept = await refresh_token(
        provider.outgoing, PROVIDERS["google"], mailbox().settings, code="c", redirect="https://desk/back", verifier="v"
    )
    assert kept == "refresh-1"
    assert (provider.asked[0]["code"], provider.asked[0]["code_verifier"]) == ("c", "v")
