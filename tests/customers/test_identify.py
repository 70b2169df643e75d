import asyncio

import pytest

from goodword.customers import identify, identities_of
from goodword.customers.events import CustomerCreated
from goodword.platform.errors import BadInput
from goodword.platform.events import SYSTEM, Stamp, latest

pytestmark = pytest.mark.anyio
STAMP = Stamp(1_790_000_000_000, SYSTEM)


async def test_whoever_writes_first_gets_a_record(database):
    dana, identity = await database.write(
        identify, STAMP, kind="email", value=" Dana@Customers.Example ", name="Dana  Evans", language="en"
    )
    assert (dana.name, dana.email, dana.anonymous, dana.language) == (
        "Dana Evans",
        "dana@customers.example",
        False,
        "en",
    )
    assert (identity.customer_id, identity.value, identity.verified) == (dana.id, "dana@customers.example", False)
    [event] = await database.read(latest, dana.id, 10)
    assert event.fact() == CustomerCreated(customer=dana.ref, identity_id=identity.id, kind="email")


async def test_the_same_identity_is_the_same_customer(database):
    first = await database.write(identify, STAMP, kind="phone", value="+33 6 12-34 (56)")
    again = await database.write(identify, STAMP, kind="phone", value="+336123456")
    assert first == again


async def test_many_at_once_are_one_customer(database):
    async def knock():
        return await database.write(
            identify, STAMP, kind="external", scope="chn_shop", value="u-1", email="yuna@customers.example"
        )

    met = await asyncio.gather(*(knock() for _ in range(24)))
    assert len({customer.id for customer, _ in met}) == 1
    assert len({identity.id for _, identity in met}) == 1
    assert await database.read(_count, "customers") == 1
    assert await database.read(_count, "events") == 2


async def test_many_accounts_with_one_address_at_once_lose_nobody(database):
    async def knock(number):
        return await database.write(
            identify,
            STAMP,
            kind="external",
            scope="chn_shop",
            value=f"u-{number}",
            email="family@customers.example",
            verified=True,
        )

    met = await asyncio.gather(*(knock(number) for number in range(12)))
    assert len({customer.id for customer, _ in met}) == 12
    assert await database.read(_count, "customer_identities") == 13


async def test_the_same_value_at_another_channel_is_somebody_else(database):
    here, _ = await database.write(identify, STAMP, kind="external", scope="chn_shop", value="17")
    there, _ = await database.write(identify, STAMP, kind="external", scope="chn_outlet", value="17")
    assert here.id != there.id


async def test_what_is_known_is_completed_and_never_replaced(database):
    await database.write(identify, STAMP, kind="email", value="camille@customers.example", language="fr")
    camille, _ = await database.write(
        identify, STAMP, kind="email", value="camille@customers.example", name="Camille Roy", language="en"
    )
    assert (camille.name, camille.language) == ("Camille Roy", "fr")
    camille, _ = await database.write(identify, STAMP, kind="email", value="camille@customers.example", name="C. R.")
    assert camille.name == "Camille Roy"


async def test_an_identity_that_was_proved_stays_proved(database):
    kim = {"kind": "email", "value": "minjun@customers.example"}
    await database.write(identify, STAMP, **kim)
    _, proved = await database.write(identify, STAMP, **kim, verified=True)
    _, later = await database.write(identify, STAMP, **kim)
    assert proved.verified
    assert later.verified


async def test_an_account_is_shown_with_the_mail_that_came_before(database):
    await database.write(identify, STAMP, kind="email", value="omar@customers.example", name="Omar Diallo")
    account, identity = await database.write(
        identify, STAMP, kind="external", scope="chn_shop", value="omar", verified=True, email="omar@customers.example"
    )
    kinds = {one.kind for one in await database.read(identities_of, account.id)}
    assert kinds == {"email", "external"}
    assert account.name == "Omar Diallo"
    assert identity.customer_id == account.id


@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", "nobody"), ("email", "a@b@c"), ("phone", "call me"), ("external", ""), ("api", "a\x00b")],
)
async def test_what_is_no_address_is_refused(database, kind, value):
    with pytest.raises(BadInput):
        await database.write(identify, STAMP, kind=kind, value=value)


async def _count(tx, table):
    return await tx.value(f"SELECT count(*) FROM {table}")
