"""What a visitor's token opens, and what it never opens."""

import asyncio
import hashlib
import hmac

import pytest

from goodword.customers import (
    SignedUser,
    find_session,
    get_customer,
    get_identity,
    give_contact,
    identify,
    is_signed,
    open_session,
)
from goodword.platform import ids
from goodword.platform.clock import DAY
from goodword.platform.errors import BadInput
from goodword.platform.events import SYSTEM, Stamp

pytestmark = pytest.mark.anyio
NOW = 1_790_000_000_000
STAMP = Stamp(NOW, SYSTEM)
VISITOR = Stamp(NOW, SYSTEM, rights=frozenset())
SHOP = "chn_shop"
GUS = SignedUser("gus-1", "gus@customers.example", "Gus Brandt")
WEI = SignedUser("wei-1", "wei@customers.example", "张伟")


async def visit(database, token=None, signed=None, at=NOW, channel=SHOP):
    return await database.write(open_session, Stamp(at, SYSTEM), channel, token, signed=signed)


async def test_a_visitor_is_a_stranger_with_a_token(database):
    session, token = await visit(database)
    again, same = await visit(database, token, at=NOW + DAY)
    assert same == token
    assert again.identity_ids == session.identity_ids
    assert again.expires_at == session.expires_at + DAY
    identity = await database.read(get_identity, session.identity_id)
    stranger = await database.read(get_customer, identity.customer_id)
    assert (stranger.name, stranger.anonymous) == ("", True)


@pytest.mark.parametrize("token", ["gv_unknown", "", "\x00", "' OR 1=1 --"])
async def test_an_unknown_token_gives_a_new_stranger(database, token):
    session, fresh = await visit(database, token)
    assert fresh != token
    assert session.identity_ids


async def test_a_token_that_is_over_opens_nothing_old(database):
    old, token = await visit(database)
    new, fresh = await visit(database, token, at=old.expires_at)
    assert fresh != token
    assert not set(old.identity_ids) & set(new.identity_ids)


async def test_a_token_opens_only_the_channel_it_was_made_for(database):
    _, token = await visit(database)
    assert await database.read(find_session, ids.fingerprint(token), SHOP, NOW)
    assert await database.read(find_session, ids.fingerprint(token), "chn_outlet", NOW) is None
    _, other = await visit(database, token, channel="chn_outlet")
    assert other != token


async def test_no_token_is_kept_in_the_clear(database):
    session, token = await visit(database)
    assert session.token_hash == ids.fingerprint(token)
    assert token not in str(await database.read(_everything))


async def test_a_claimed_address_opens_nobodys_thread(database):
    dana, mail = await database.write(identify, STAMP, kind="email", value="dana@customers.example", name="Dana Evans")
    session, token = await visit(database)
    own = await database.write(give_contact, VISITOR, session, email="dana@customers.example", name="Mallory")

    after, _ = await visit(database, token)
    assert after.identity_ids == session.identity_ids
    assert mail.id not in after.identity_ids
    assert (own.name, own.email) == ("Mallory", "dana@customers.example")
    assert own.id != dana.id
    staff_sees = await database.read(get_customer, own.id)
    assert (staff_sees.id, staff_sees.name) == (dana.id, "Dana Evans")


async def test_nobody_learns_whether_an_address_is_known(database):
    await database.write(identify, STAMP, kind="email", value="dana@customers.example", name="Dana Evans")
    answers = []
    for email in ("dana@customers.example", "nobody@customers.example"):
        session, _ = await visit(database)
        own = await database.write(give_contact, VISITOR, session, email=email)
        identity = await database.read(get_identity, session.identity_id)
        answers.append((own.name == email, own.email == email, own.anonymous, own.id == identity.origin_id))
    assert answers[0] == answers[1]


async def test_a_mistyped_address_can_be_corrected(database):
    dana, _ = await database.write(identify, STAMP, kind="email", value="dana@customers.example", name="Dana Evans")
    gus, _ = await database.write(identify, STAMP, kind="email", value="gus@customers.example", name="Gus Brandt")
    session, _ = await visit(database)
    own = await database.write(give_contact, VISITOR, session, email="gus@customers.example")
    await database.write(give_contact, VISITOR, session, email="dana@customers.example")
    assert (await database.read(get_customer, own.id)).id == dana.id
    assert (await database.read(get_customer, gus.id)).id == gus.id
    own = await database.write(give_contact, VISITOR, session, email="new@customers.example", name="Yuna Park")
    alone = await database.read(get_customer, own.id)
    assert (alone.id, alone.name, alone.email) == (own.id, "Yuna Park", "new@customers.example")


async def test_claiming_one_address_after_another_never_joins_their_owners(database):
    owners = []
    for name in ("dana", "gus", "omar"):
        owner, _ = await database.write(identify, STAMP, kind="email", value=f"{name}@customers.example", name=name)
        owners.append(owner)
    session, _ = await visit(database)
    for owner in owners:
        await database.write(give_contact, VISITOR, session, email=owner.email)
    for owner in owners:
        assert (await database.read(get_customer, owner.id)).id == owner.id


async def test_giving_the_same_address_twice_changes_nothing(database):
    session, _ = await visit(database)
    first = await database.write(give_contact, VISITOR, session, email="yuna@customers.example", name="Yuna")
    assert await database.write(give_contact, VISITOR, session, email="YUNA@customers.example") == first


async def test_many_visitors_who_claim_one_address_at_once_are_one_to_the_staff(database):
    sessions = [(await visit(database))[0] for _ in range(8)]
    given = [database.write(give_contact, VISITOR, one, email="lin@customers.example") for one in sessions]
    owns = await asyncio.gather(*given)
    assert len({(await database.read(get_customer, own.id)).id for own in owns}) == 1


async def test_what_is_no_address_is_refused(database):
    session, _ = await visit(database)
    with pytest.raises(BadInput):
        await database.write(give_contact, VISITOR, session, email="ask me later")


async def test_who_signs_in_keeps_what_he_wrote_as_a_stranger(database):
    stranger, token = await visit(database)
    signed, same = await visit(database, token, GUS)
    assert same == token
    assert signed.identity_ids == (stranger.identity_id, signed.signed_identity_id)
    assert signed.writes_as == signed.signed_identity_id
    before = await database.read(get_identity, stranger.identity_id)
    account = await database.read(get_identity, signed.writes_as)
    assert before.customer_id == account.customer_id
    assert (await database.read(get_customer, account.customer_id)).name == "Gus Brandt"


async def test_many_tabs_that_sign_in_at_once_are_one_person(database):
    _, token = await visit(database)
    tabs = await asyncio.gather(*(visit(database, token, GUS) for _ in range(6)))
    assert {session.identity_ids for session, _ in tabs} == {tabs[0][0].identity_ids}
    records = [(await database.read(get_identity, id)).customer_id for id in tabs[0][0].identity_ids]
    assert records[0] == records[1]


async def test_two_people_who_sign_in_at_once_with_one_token_read_nothing_of_each_other(database):
    _, token = await visit(database)
    (gus, _), (wei, _) = await asyncio.gather(visit(database, token, GUS), visit(database, token, WEI))
    assert not set(gus.identity_ids) & set(wei.identity_ids)


async def test_an_account_reads_its_own_conversations_from_another_machine(database):
    at_home, _ = await visit(database, None, GUS)
    at_work, _ = await visit(database, None, GUS)
    assert at_home.signed_identity_id == at_work.signed_identity_id
    assert at_home.identity_id not in at_work.identity_ids


async def test_whoever_signs_in_after_somebody_else_reads_nothing_of_his(database):
    gus, token = await visit(database, None, GUS)
    wei, fresh = await visit(database, token, WEI)
    assert fresh != token
    assert not set(gus.identity_ids) & set(wei.identity_ids)


async def test_an_account_that_names_a_foreign_address_reads_nothing_of_its_owner(database):
    _, mail = await database.write(identify, STAMP, kind="email", value="dana@customers.example", name="Dana Evans")
    session, _ = await visit(database, None, SignedUser("mallory-1", "dana@customers.example", "Mallory"))
    assert mail.id not in session.identity_ids


async def test_an_account_outlasts_an_address_that_was_claimed_before(database):
    visitor, _ = await visit(database)
    claimed = await database.write(give_contact, VISITOR, visitor, email=GUS.email, name="Mallory")
    account, _ = await visit(database, None, GUS)
    gus = await database.read(get_identity, account.writes_as)
    staff_sees = await database.read(get_customer, gus.customer_id)
    assert staff_sees.name == "Gus Brandt"
    assert (await database.read(get_customer, claimed.id)).id == staff_sees.id


async def test_a_page_that_hands_over_nonsense_as_address_still_gets_a_chat(database):
    session, _ = await visit(database, None, SignedUser("u-9", "not an address"))
    assert session.signed_identity_id


async def test_only_the_companys_own_signature_counts():
    right = hmac.new(b"channel secret", b"gus-1", hashlib.sha256).hexdigest()
    assert is_signed("channel secret", "gus-1", right)
    assert is_signed("channel secret", "gus-1", right.upper())
    assert not is_signed("channel secret", "wei-1", right)
    assert not is_signed("another secret", "gus-1", right)
    assert not is_signed("channel secret", "gus-1", "")
    assert not is_signed("channel secret", "gus-1", "é" * 64)
    assert not is_signed("", "gus-1", hmac.new(b"", b"gus-1", hashlib.sha256).hexdigest())


async def _everything(tx):
    tables = ("visitor_sessions", "customer_identities", "customers", "events")
    return [[tuple(row) for row in await tx.rows(f"SELECT * FROM {table}")] for table in tables]
