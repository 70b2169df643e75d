"""How people and programs come in, and how they are kept out."""

import asyncio

import pytest

from goodword.platform.clock import DAY, HOUR, MINUTE
from goodword.platform.errors import BadInput, RateLimited, Unauthenticated
from goodword.platform.events import latest
from goodword.staff import (
    Caller,
    Place,
    add_agent,
    authenticate,
    change_password,
    create_token,
    disable,
    edit_agent,
    enable,
    hashed,
    reset_password,
    revoke_token,
    sign_in,
    sign_out,
)
from goodword.staff.actions.sign_in import remember_device
from goodword.staff.keys import all_tokens
from goodword.staff.model import (
    MOST_FAILURES_HERE,
    MOST_FAILURES_OF_ADDRESS,
    MOST_FAILURES_OF_EMAIL,
    Profile,
    wait_after,
)
from goodword.staff.passwords import matches

from .conftest import PASSWORD

pytestmark = pytest.mark.anyio
HOME = "192.0.2.7"


def as_caller(agent, clock):
    return Caller(agent=agent).stamp(clock.now())


async def enter(database, clock, email="ada@fennel-oak.example", password=PASSWORD, address=HOME, device=""):
    place = Place(address, "Firefox", device)
    _, secret = await sign_in(database, clock.now(), email=email, password=password, place=place)
    return secret


async def come(database, clock, cookie=None, authorization=None):
    return await authenticate(database, clock, cookie=cookie, authorization=authorization)


async def test_an_agent_signs_in_works_and_signs_out(database, clock, ada):
    cookie = await enter(database, clock, email=" ADA@Fennel-Oak.example")
    caller = await come(database, clock, cookie)
    assert caller.person.id == ada.id
    stamp = caller.stamp(clock.now())
    assert (stamp.actor.kind, stamp.actor.id, stamp.actor.name, stamp.rights) == (
        "agent",
        ada.id,
        "Ada Silva",
        ada.rights,
    )
    await database.write(sign_out, caller)
    with pytest.raises(Unauthenticated):
        await come(database, clock, cookie)


async def test_signing_out_here_leaves_the_other_machine_alone(database, clock, ada):
    here, there = await enter(database, clock), await enter(database, clock)
    await database.write(sign_out, await come(database, clock, here))
    assert (await come(database, clock, there)).person.id == ada.id


async def test_a_session_in_use_lasts_and_an_idle_one_ends(database, clock, ada):
    cookie = await enter(database, clock)
    for _ in range(3):
        clock.go_on(10 * DAY)
        await come(database, clock, cookie)
    clock.go_on(14 * DAY)
    with pytest.raises(Unauthenticated):
        await come(database, clock, cookie)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@fennel-oak.example", "sharp knives, calm hand"),
        ("ada@fennel-oak.example", ""),
        ("ada@fennel-oak.example", "x" * 100_000),
        ("nobody@fennel-oak.example", PASSWORD),
        ("", ""),
        ("ada@fennel-oak.example\x00", "\x00"),
        ("' OR 1=1 --", PASSWORD),
    ],
)
async def test_whatever_is_wrong_the_answer_is_the_same(database, clock, ada, email, password):
    with pytest.raises(Unauthenticated, match="credentials"):
        await enter(database, clock, email, password)


async def test_failures_are_on_record_without_what_was_typed(database, clock, ada):
    for email in ("ada@fennel-oak.example", "my secret passphrase"):
        with pytest.raises(Unauthenticated):
            await enter(database, clock, email, "a wrong password")
    [failed] = await database.read(latest, ada.id, 1)
    assert (failed.type, failed.fact().address) == ("SignInFailed", HOME)
    [unknown] = await database.read(latest, "sign-in", 9)
    assert unknown.fact().agent is None
    kept = await database.read(_everything)
    assert "my secret" not in kept
    assert "wrong password" not in kept


async def test_too_many_failures_make_this_address_wait_at_this_place(database, clock, ada):
    for _ in range(MOST_FAILURES_HERE):
        with pytest.raises(Unauthenticated):
            await enter(database, clock, password="a guess")
        clock.go_on(MINUTE)
    with pytest.raises(RateLimited) as refused:
        await enter(database, clock)
    assert refused.value.retry_after == 5 * 60
    clock.go_on(5 * MINUTE)
    assert await enter(database, clock)


async def test_a_stranger_elsewhere_does_not_lock_anybody_out(database, clock, ada):
    for number in range(3 * MOST_FAILURES_HERE):
        with pytest.raises(Unauthenticated):
            await enter(database, clock, password="a guess", address=f"203.0.113.{number % 3}")
    assert await enter(database, clock)


async def test_not_even_strangers_everywhere_lock_out_who_comes_with_a_browser_that_was_let_in(database, clock, ada):
    device = await database.write(remember_device, clock.now(), ada.id, Place(HOME))
    for number in range(MOST_FAILURES_OF_EMAIL):
        with pytest.raises(Unauthenticated):
            await enter(database, clock, password="a guess", address=f"203.0.113.{number}")
    with pytest.raises(RateLimited):
        await enter(database, clock)
    assert await enter(database, clock, device=device)
    with pytest.raises(RateLimited):
        await enter(database, clock)


async def test_a_browser_that_was_let_in_guesses_no_more_than_another(database, clock, ada, li_na):
    device = await database.write(remember_device, clock.now(), ada.id, Place(HOME))
    for _ in range(MOST_FAILURES_HERE):
        with pytest.raises(Unauthenticated):
            await enter(database, clock, password="a guess", device=device)
    with pytest.raises(RateLimited):
        await enter(database, clock, device=device)
    assert await enter(database, clock)
    # It was let in for Ada, so for Li Na it is a stranger's.
    for number in range(MOST_FAILURES_OF_EMAIL):
        with pytest.raises(Unauthenticated):
            await enter(database, clock, li_na.email, "a guess", address=f"203.0.113.{number}", device=device)
    with pytest.raises(RateLimited):
        await enter(database, clock, li_na.email, device=device)


async def test_who_tries_many_addresses_from_one_place_must_wait(database, clock, ada):
    for number in range(MOST_FAILURES_OF_ADDRESS):
        with pytest.raises(Unauthenticated):
            await enter(database, clock, f"guess{number}@fennel-oak.example", "a guess")
    with pytest.raises(RateLimited):
        await enter(database, clock)
    assert await enter(database, clock, address="198.51.100.1")


async def test_guesses_made_at_once_count_each_other(database, clock, ada):
    guesses = [enter(database, clock, password=f"guess {number}") for number in range(2 * MOST_FAILURES_HERE)]
    outcomes = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(isinstance(outcome, Unauthenticated) for outcome in outcomes) == MOST_FAILURES_HERE
    assert sum(isinstance(outcome, RateLimited) for outcome in outcomes) == MOST_FAILURES_HERE


async def test_who_gets_in_starts_with_a_clean_slate(database, clock, ada):
    for _ in range(3):
        for _ in range(MOST_FAILURES_HERE - 1):
            with pytest.raises(Unauthenticated):
                await enter(database, clock, password="a slip", address="198.51.100.9")
        assert await enter(database, clock, address="198.51.100.9")


def test_waiting_ends_when_the_oldest_counted_failure_is_over():
    assert wait_after([], 2, 1_000_000) == 0
    assert wait_after([999_000], 2, 1_000_000) == 0
    assert wait_after([990_000, 999_000], 2, 1_000_000) == 15 * MINUTE - 10_000
    assert wait_after([0, 990_000], 2, 15 * MINUTE + 1) == 0


async def test_who_is_disabled_is_out_at_once(database, clock, ada, li_na):
    cookie = await enter(database, clock, li_na.email)
    await database.write(disable, as_caller(ada, clock), li_na.id)
    with pytest.raises(Unauthenticated):
        await come(database, clock, cookie)
    with pytest.raises(Unauthenticated):
        await enter(database, clock, li_na.email)
    await database.write(enable, as_caller(ada, clock), li_na.id)
    with pytest.raises(Unauthenticated):
        await come(database, clock, cookie)
    assert await enter(database, clock, li_na.email)


async def test_a_new_password_ends_the_other_sessions(database, clock, ada):
    here, there = await enter(database, clock), await enter(database, clock)
    caller = await come(database, clock, here)
    await change_password(database, clock.now(), caller, current=PASSWORD, new="seed boxes in spring")
    assert (await come(database, clock, here)).person.id == ada.id
    with pytest.raises(Unauthenticated):
        await come(database, clock, there)
    with pytest.raises(Unauthenticated):
        await enter(database, clock)
    assert await enter(database, clock, password="seed boxes in spring")


async def test_a_stolen_session_does_not_guess_the_password(database, clock, ada):
    caller = await come(database, clock, await enter(database, clock))
    for _ in range(MOST_FAILURES_HERE):
        with pytest.raises(BadInput, match="password_wrong"):
            await change_password(database, clock.now(), caller, current="a guess", new="seed boxes in spring")
    with pytest.raises(RateLimited):
        await change_password(database, clock.now(), caller, current=PASSWORD, new="seed boxes in spring")


async def test_an_administrator_sets_a_forgotten_password(database, clock, ada, li_na):
    cookie = await enter(database, clock, li_na.email)
    fresh = await hashed("a kettle that sings", li_na.email)
    await database.write(reset_password, as_caller(ada, clock), li_na.id, fresh)
    with pytest.raises(Unauthenticated):
        await come(database, clock, cookie)
    assert await enter(database, clock, li_na.email, "a kettle that sings")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("too short", "password_short"),
        ("x" * 201, "password_long"),
        ("ADA.SILVA@fennel-oak.example", "password_is_email"),
        ("Ada.Silva.", ""),
    ],
)
async def test_a_password_is_long_enough_and_not_the_address(password, reason):
    if not reason:
        assert (await hashed(password, "ada.silva@fennel-oak.example")).startswith("$argon2id$")
        return
    with pytest.raises(BadInput, match=reason):
        await hashed(password, "ada.silva@fennel-oak.example")


async def test_a_hash_that_is_none_matches_nothing():
    assert not await matches("", None)
    assert not await matches("anything at all", "not a hash")


async def test_a_program_comes_in_with_its_token(database, clock, ada):
    token, secret = await database.write(create_token, as_caller(ada, clock), name="Shop", scopes=("customers.read",))
    caller = await come(database, clock, authorization=f"Bearer {secret}")
    assert caller.rights == {"customers.read"}
    assert (caller.actor.kind, caller.actor.id, caller.actor.name) == ("system", token.id, "Shop")
    with pytest.raises(Exception, match="people_only"):
        _ = caller.person


async def test_a_revoked_token_opens_nothing(database, clock, ada):
    token, secret = await database.write(create_token, as_caller(ada, clock), name="Shop", scopes=("customers.read",))
    await come(database, clock, authorization=f"Bearer {secret}")
    await database.write(revoke_token, as_caller(ada, clock), token.id)
    with pytest.raises(Unauthenticated):
        await come(database, clock, authorization=f"Bearer {secret}")
    assert [event.type for event in await database.read(latest, token.id, 5)] == ["TokenCreated", "TokenRevoked"]


async def test_a_token_opens_until_its_time_is_over(database, clock, ada):
    giver, until = as_caller(ada, clock), clock.now() + HOUR
    _, secret = await database.write(create_token, giver, name="Shop", scopes=("customers.read",), expires_at=until)
    clock.go_on(HOUR - 1)
    assert (await come(database, clock, authorization=f"Bearer {secret}")).rights == {"customers.read"}
    clock.go_on(1)
    with pytest.raises(Unauthenticated):
        await come(database, clock, authorization=f"Bearer {secret}")
    with pytest.raises(BadInput, match="until_past"):
        await database.write(
            create_token, as_caller(ada, clock), name="Late", scopes=("customers.read",), expires_at=clock.now()
        )


async def test_a_token_may_no_more_than_who_made_it_may_now(database, clock, ada, li_na):
    admin = as_caller(ada, clock)
    second = await database.write(edit_agent, admin, li_na.id, role="admin")
    scopes = ("customers.read", "channels.manage")
    _, secret = await database.write(create_token, as_caller(second, clock), name="Shop", scopes=scopes)
    assert (await come(database, clock, authorization=f"Bearer {secret}")).rights == set(scopes)
    await database.write(edit_agent, admin, li_na.id, role="agent")
    assert (await come(database, clock, authorization=f"Bearer {secret}")).rights == {"customers.read"}
    await database.write(disable, admin, li_na.id)
    with pytest.raises(Unauthenticated):
        await come(database, clock, authorization=f"Bearer {secret}")
    await database.write(enable, admin, li_na.id)
    assert await come(database, clock, authorization=f"Bearer {secret}")


async def test_the_use_of_a_token_is_noted_once_a_minute(database, clock, ada):
    _, secret = await database.write(create_token, as_caller(ada, clock), name="Shop", scopes=("customers.read",))
    noted = []
    for wait in (0, MINUTE - 1, 1, HOUR):
        clock.go_on(wait)
        await come(database, clock, authorization=f"Bearer {secret}")
        noted.append((await database.read(all_tokens))[0].last_used_at)
    start = noted[0]
    assert noted == [start, start, start + MINUTE, start + MINUTE + HOUR]


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Bearer gw_no", "Basic YWRh", "Bearer \x00", "Bearer é"]
)
async def test_a_wrong_header_is_refused_whatever_the_cookie_says(database, clock, ada, authorization):
    cookie = await enter(database, clock)
    with pytest.raises(Unauthenticated):
        await come(database, clock, cookie, authorization)


@pytest.mark.parametrize("cookie", [None, "", "gs_no", "\x00"])
async def test_no_cookie_of_ours_no_entry(database, clock, ada, cookie):
    with pytest.raises(Unauthenticated):
        await come(database, clock, cookie)


async def test_a_session_is_no_api_token_and_a_token_no_session(database, clock, ada):
    cookie = await enter(database, clock)
    _, secret = await database.write(create_token, as_caller(ada, clock), name="Shop", scopes=("customers.read",))
    with pytest.raises(Unauthenticated):
        await come(database, clock, authorization=f"Bearer {cookie}")
    with pytest.raises(Unauthenticated):
        await come(database, clock, secret)


async def test_no_secret_is_kept_in_the_clear(database, clock, ada):
    cookie = await enter(database, clock)
    _, secret = await database.write(create_token, as_caller(ada, clock), name="Shop", scopes=("customers.read",))
    jun = Profile("Jun Park", "jun@fennel-oak.example", language="ko")
    await database.write(add_agent, as_caller(ada, clock), jun, await hashed("밤에도 찻물은 끓는다 언제나", jun.email))
    kept = await database.read(_everything)
    assert "Ada Silva" in kept
    for hidden in (cookie, secret, PASSWORD, "찻물"):
        assert hidden not in kept


async def _everything(tx):
    tables = ("agents", "staff_sessions", "api_tokens", "sign_in_attempts", "events", "jobs")
    return str([[tuple(row) for row in await tx.rows(f"SELECT * FROM {table}")] for table in tables])
