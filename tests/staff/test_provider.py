"""Signing in through a provider, against a real one on the loopback: honest at first, then not."""

import itertools
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc.jwk import RSAKey

from goodword.platform.clock import MINUTE, SECOND
from goodword.platform.events import latest
from goodword.staff import ROLES
from tests.desks import WHERE, house

from . import idp as idps

pytestmark = pytest.mark.anyio
START, BACK = "/api/v1/sign-in/oidc/start", "/api/v1/sign-in/oidc/callback"
ASKED = {"client_id": idps.CLIENT, "secret": idps.SECRET, "domains": ["Fennel-Oak.example"]}


# How often somebody may set out is counted per process: each test has minutes of its own.
MINUTES = itertools.count(2, 2)


@pytest.fixture
def idp(clock):
    clock.go_on(next(MINUTES) * MINUTE)
    with idps.running() as provider:
        provider.now = lambda: clock.now() / SECOND
        yield provider


@pytest.fixture
async def desk(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock, call_private_addresses=True) as opened:
        yield opened


@pytest.fixture
async def ada(desk, idp):
    """The administrator, who has set the provider up."""
    browser = await desk.signed_in("ada")
    answer = await browser.put("/api/v1/security/provider", json={**ASKED, "issuer": f"{idp.issuer}/"})
    assert answer.status_code == 200, answer.text
    return browser


async def sent(browser):
    """What the browser shows the provider."""
    answer = await browser.get(START)
    assert answer.status_code == 303, answer.text
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    return {name: values[0] for name, values in query.items()}


async def back(browser, address):
    """Why it was not let in; empty: it was."""
    answer = await browser.get(address)
    assert answer.status_code == 303
    assert "no-store" in answer.headers["cache-control"]
    where = urlsplit(answer.headers["location"])
    assert (where.netloc, where.path) == ("", "/workspace/")
    return parse_qs(where.query).get("trouble", [""])[0].removeprefix("provider_")


async def through(desk, idp, **options):
    browser = desk.client()
    return browser, await back(browser, idp.authorize(await sent(browser), **options))


async def test_an_agent_signs_in_where_he_is_known_already(desk, idp, ada):
    assert (await desk.http.get("/api/v1/sign-in")).json() == {"provider": {"button": ""}, "trouble": None}
    browser = desk.client()
    asked = await sent(browser)
    assert (asked["redirect_uri"], asked["scope"], asked["tenant"]) == (WHERE + BACK, "openid email profile", "1")
    assert (asked["code_challenge_method"], asked["client_id"]) == ("S256", idps.CLIENT)
    assert await back(browser, idp.authorize(asked)) == ""
    assert (await browser.get("/api/v1/me")).json()["name"] == "Li Na"
    # From now on it is the person at the provider who counts, not the address he has there.
    idp.person |= {"email": "na.li@fennel-oak.example"}
    again, trouble = await through(desk, idp)
    assert (trouble, (await again.get("/api/v1/me")).json()["name"]) == ("", "Li Na")
    events = [event.type for event in await desk.desk.services.database.read(latest, desk.agents["li"].id, 9)]
    assert events.count("ProviderLinked") == 1


@pytest.mark.parametrize("by_form", [False, True])
async def test_keys_of_both_kinds_and_both_ways_to_show_the_secret(desk, idp, ada, by_form):
    idp.signing, idp.header = idp.ec, {"alg": "ES256", "kid": "ec-1"}
    idp.auth_methods = ["client_secret_post"] if by_form else ["client_secret_basic"]
    assert (await through(desk, idp))[1] == ""
    idp.rsa = idp.signing = RSAKey.generate_key(2048, {"kid": "rsa-2"})
    idp.published, idp.header = [idp.rsa], {"alg": "RS256", "kid": "rsa-2"}
    assert (await through(desk, idp))[1] == ""


def without(name):
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def with_(**more):
    return lambda claims: {**claims, **more}


@pytest.mark.parametrize(
    "twist",
    [
        with_(nonce="another"),
        without("nonce"),
        with_(aud="another-client"),
        with_(aud=["goodword", "another-client"]),
        with_(aud=[]),
        without("aud"),
        with_(iss="https://another.example"),
        without("iss"),
        without("sub"),
        with_(sub=""),
        with_(sub=7),
        without("exp"),
        with_(exp="never"),
        with_(exp=True),
        lambda claims: {**claims, "exp": claims["iat"] - 61},
        lambda claims: {**claims, "iat": claims["iat"] + 3600},
    ],
)
async def test_a_token_that_does_not_prove_it_lets_nobody_in(desk, idp, ada, twist):
    idp.twist = twist
    browser, trouble = await through(desk, idp)
    assert trouble == "answer"
    assert (await browser.get("/api/v1/me")).status_code == 401


async def test_a_forged_signature_lets_nobody_in(desk, idp, ada):
    foreign = RSAKey.generate_key(2048, {"kid": "rsa-1"})
    for signing, header in (
        (foreign, {"alg": "RS256", "kid": "rsa-1"}),
        (foreign, {"alg": "RS256", "kid": "nobody"}),
        (idp.rsa, {"alg": "RS384", "kid": "rsa-1"}),
        (idp.rsa, {"alg": "HS256", "kid": "rsa-1"}),
        (idp.rsa, {"alg": "none", "kid": "rsa-1"}),
        (idp.rsa, {"alg": "RS256", "kid": "enc"}),
    ):
        idp.signing, idp.header = signing, header
        assert (await through(desk, idp))[1] == "answer", header
    assert (await through(desk, idp))[1] == "answer"


async def test_a_state_counts_once_for_a_while_and_only_where_it_was_given(desk, idp, ada):
    browser, victim = desk.client(), desk.client()
    asked = await sent(browser)
    address = idp.authorize(asked)
    # Somebody makes his victim come in as himself.
    await sent(victim)
    assert await back(victim, address) == "state"
    assert (await victim.get("/api/v1/me")).status_code == 401
    assert await back(browser, address) == ""
    assert await back(browser, idp.authorize(asked)) == "state"
    late = desk.client()
    asked = await sent(late)
    desk.clock.go_on(10 * MINUTE)
    assert await back(late, idp.authorize(asked)) == "state"
    assert await back(late, BACK) == "state"


async def test_the_answer_of_another_provider_is_not_shown_to_ours(desk, idp, ada):
    browser = desk.client()
    address = idp.authorize(await sent(browser))
    before = list(idp.asked)
    assert await back(browser, address.replace(urlencode({"iss": idp.issuer}), "iss=https%3A%2F%2Fevil")) == "answer"
    assert idp.asked == before
    # It has said that it always names itself: an answer without a name is none of its.
    browser = desk.client()
    asked = await sent(browser)
    idp.says_issuer = False
    assert await back(browser, idp.authorize(asked)) == "answer"


async def test_a_code_of_somebody_else_is_of_no_use_without_his_verifier(desk, idp, ada):
    mine, his = desk.client(), desk.client()
    code = parse_qs(urlsplit(idp.authorize(await sent(his))).query)["code"][0]
    state = (await sent(mine))["state"]
    assert await back(mine, f"{BACK}?{urlencode({'state': state, 'code': code, 'iss': idp.issuer})}") == "answer"


async def test_what_goes_wrong_at_the_provider_is_told_in_plain_words(desk, idp, ada):
    browser, trouble = await through(desk, idp, error="access_denied")
    assert trouble == "said_no"
    told = await browser.get("/api/v1/sign-in?trouble=provider_said_no", headers={"accept-language": "fr"})
    assert told.json()["trouble"].startswith("Le fournisseur de connexion ne vous a pas")
    for made_up in ("credentials", "provider_nothing", "provider_../x"):
        assert (await browser.get("/api/v1/sign-in", params={"trouble": made_up})).json()["trouble"] is None
    idp.issuer = "https://somewhere.else.example"
    assert "trouble=provider_away" in (await desk.client().get(START)).headers["location"]


async def test_an_address_that_is_not_verified_is_nobodys(desk, idp, ada):
    for person in ({"email_verified": False}, {"email_verified": "no"}, {"email_verified": None}, {"email": ""}):
        idp.person = {"sub": "u-1", "email": "ada@fennel-oak.example", "email_verified": True, **person}
        assert (await through(desk, idp))[1] == "email"
    idp.person = {"sub": "u-1", "email": "ada@fennel-oak.example.evil.example", "email_verified": True}
    assert (await through(desk, idp))[1] == "domain"


async def test_only_people_who_exist_come_in_unless_newcomers_are_welcome(desk, idp, ada):
    idp.person = {
        "sub": "u-9",
        "email": "Theo@Fennel-Oak.example",
        "email_verified": "true",
        "name": "Théo Martin",
        "locale": "fr-FR",
    }
    assert (await through(desk, idp))[1] == "unknown"
    line = {**ASKED, "issuer": idp.issuer, "newcomers": "editor"}
    del line["secret"]
    shown = (await ada.put("/api/v1/security/provider", json=line)).json()["provider"]
    assert (shown["has_secret"], shown["domains"], shown["newcomers"]) == (True, ["fennel-oak.example"], "editor")
    browser, trouble = await through(desk, idp)
    me = (await browser.get("/api/v1/me")).json()
    assert (trouble, me["name"], me["language"], frozenset(me["rights"])) == ("", "Théo Martin", "fr", ROLES["editor"])
    # He has no password, so none opens.
    for password in ("", "x" * 12):
        answer = await desk.http.post(
            "/api/v1/session", json={"email": "theo@fennel-oak.example", "password": password}
        )
        assert answer.status_code == 401


async def test_a_mailbox_that_was_given_to_somebody_else_is_not_its_old_owner(desk, idp, ada):
    assert (await through(desk, idp))[1] == ""
    idp.person |= {"sub": "u-2"}
    assert (await through(desk, idp))[1] == "other_person"
    li_id = desk.agents["li"].id
    assert (await ada.delete(f"/api/v1/agents/{li_id}/provider-link")).status_code == 204
    assert (await through(desk, idp))[1] == ""
    await ada.patch(f"/api/v1/agents/{li_id}", json={"disabled": True})
    assert (await through(desk, idp))[1] == "left"


async def test_an_address_may_be_told_apart_from_the_token_but_only_of_the_same_person(desk, idp, ada):
    idp.person = {"sub": "u-1"}
    idp.userinfo = {"sub": "u-2", "email": "ada@fennel-oak.example", "email_verified": True}
    assert (await through(desk, idp))[1] == "email"
    idp.userinfo["sub"] = "u-1"
    browser, trouble = await through(desk, idp)
    assert (trouble, (await browser.get("/api/v1/me")).json()["name"]) == ("", "Ada Silva")


async def test_nobody_is_sent_to_a_page_that_is_not_ours(desk, idp, ada):
    for wanted, where in (
        ("/workspace/inbox/mine", "/workspace/inbox/mine"),
        ("https://evil.example/", "/workspace/"),
        ("//evil.example", "/workspace/"),
        ("/workspace/\\evil", "/workspace/"),
        ("/workspace/\r\nX: y", "/workspace/"),
    ):
        browser = desk.client()
        answer = await browser.get(START, params={"back": wanted})
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        returned = await browser.get(idp.authorize({name: values[0] for name, values in query.items()}))
        assert returned.headers["location"] == where


async def test_whoever_chooses_the_provider_may_do_everything(desk, idp, ada):
    rights = ["security.manage", "staff.read"]
    role = (await ada.post("/api/v1/roles", json={"name": "Guard", "rights": rights})).json()
    await ada.patch(f"/api/v1/agents/{desk.agents['li'].id}", json={"role": role["id"]})
    li = await desk.signed_in("li")
    assert (await li.get("/api/v1/security")).json()["provider"]["client_id"] == idps.CLIENT
    assert (await li.put("/api/v1/security/provider", json={**ASKED, "issuer": idp.issuer})).status_code == 403
    assert (
        await ada.put("/api/v1/security/provider", json={**ASKED, "issuer": "http://127.0.0.1:9"})
    ).status_code == 400
    assert idps.SECRET not in (await ada.get("/api/v1/security")).text
    assert idps.SECRET not in await desk.desk.services.database.read(_security)


async def test_who_sets_out_too_often_is_asked_to_wait(desk, idp, ada):
    browser = desk.client()
    places = [(await browser.get(START)).headers["location"] for _ in range(22)]
    assert [place.startswith("/workspace/?trouble=provider_away") for place in places] == [False] * 20 + [True] * 2


async def test_a_provider_that_was_switched_off_lets_nobody_in(desk, idp, ada):
    browser = desk.client()
    address = idp.authorize(await sent(browser))
    assert (await ada.delete("/api/v1/security/provider")).json()["provider"] is None
    assert await back(browser, address) == "off"
    assert "trouble=provider_off" in (await browser.get(START)).headers["location"]
    refused = await desk.desk.services.database.read(latest, "sign-in", 1)
    assert (refused[0].type, refused[0].fact().reason) == ("ProviderRefused", "provider_off")


async def test_a_secret_is_never_told_to_another_issuer(desk, idp, ada):
    with idps.running() as other:
        line = {**ASKED, "issuer": other.issuer}
        del line["secret"]
        shown = (await ada.put("/api/v1/security/provider", json=line)).json()["provider"]
        assert shown["has_secret"] is False


async def test_a_provider_without_encryption_is_none_outside_the_own_network(database_url, tmp_path, clock, idp):
    async with house(tmp_path, database_url, clock) as desk:
        ada = await desk.signed_in("ada")
        refused = await ada.put("/api/v1/security/provider", json={**ASKED, "issuer": idp.issuer})
        assert (refused.status_code, refused.json()["reason"]) == (400, "issuer_https")
        secure = await ada.put("/api/v1/security/provider", json={**ASKED, "issuer": "https://127.0.0.1:9"})
        assert (secure.status_code, secure.json()["reason"]) == (400, "issuer")
    assert idp.asked == []


async def _security(tx):
    return str([tuple(row) for row in await tx.rows("SELECT * FROM security")])
