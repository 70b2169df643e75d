"""Customers say how they were served: once for each time it was done."""

import pytest

from goodword.conversations import ask_rating, close, inbox, rate, ratings
from goodword.conversations.visible import to_customer
from goodword.platform.clock import DAY
from goodword.platform.errors import BadInput, Conflict
from goodword.platform.events import SYSTEM, Actor, Stamp, latest
from tests.conversations.conftest import by
from tests.conversations.doors import door, now, types

pytestmark = pytest.mark.anyio


@pytest.fixture
async def camille(database, clock):
    return await door(database, clock, email="camille@post.example", name="Camille Roy")


@pytest.fixture
async def id(database, clock, li, camille):
    """Closed."""
    id = (await camille.writes("Où est ma bouilloire ?")).conversation.id
    await database.write(close, by(li, clock), id)
    return id


async def rates(database, clock, camille, id, score, **more):
    stamp = Stamp(clock.go_on(1_000), Actor("customer", camille.customer.id, "Camille Roy"))
    return await database.write(rate, stamp, id, score, **more)


async def kept(database, id):
    async def read(tx):
        return [row["score"] for row in await tx.rows("SELECT score FROM ratings WHERE conversation_id = :id", id=id)]

    return await database.read(read)


async def test_a_rating_is_kept_and_shown_on_the_line(database, clock, camille, id):
    await rates(database, clock, camille, id, 2, reason="slow", text="Trop long.")
    assert (await database.read(inbox.row, id)).rating == 2
    event = (await database.read(latest, id, 1))[0]
    fact = event.fact()
    assert (fact.kind, fact.score, fact.reason, fact.text) == ("csat", 2, "slow", "Trop long.")
    assert to_customer(event)
    assert (await now(database, id)).status == "closed"


async def test_within_a_week_a_later_one_takes_its_place(database, clock, camille, id):
    await rates(database, clock, camille, id, 2)
    clock.go_on(6 * DAY)
    await rates(database, clock, camille, id, 5)
    assert await kept(database, id) == [5]
    clock.go_on(2 * DAY)
    with pytest.raises(Conflict, match="rating_too_late"):
        await rates(database, clock, camille, id, 1)
    assert (await now(database, id)).rating == 5


async def test_the_same_twice_is_told_once(database, clock, camille, id):
    for _ in range(2):
        await rates(database, clock, camille, id, 4)
    assert (await types(database, id)).count("RatingGiven") == 1


async def test_after_it_was_reopened_and_done_again_there_is_another(database, clock, li, camille, id):
    await rates(database, clock, camille, id, 2)
    await camille.writes("Ce n’est pas réglé.")
    await rates(database, clock, camille, id, 1)
    assert await kept(database, id) == [1]
    await database.write(close, by(li, clock), id)
    await rates(database, clock, camille, id, 5)
    assert sorted(await kept(database, id)) == [1, 5]
    assert (await now(database, id)).rating == 5


async def test_what_is_neither_done_nor_asked_about_is_not_rated(database, clock, li, camille):
    id = (await camille.writes("Où est ma bouilloire ?")).conversation.id
    with pytest.raises(Conflict, match="rating_not_yet"):
        await rates(database, clock, camille, id, 5)
    await database.write(ask_rating, by(li, clock), id)
    await rates(database, clock, camille, id, 5)
    await database.write(close, by(li, clock), id)
    await rates(database, clock, camille, id, 4)
    assert await kept(database, id) == [4]


async def test_it_is_asked_once_for_each_time_and_not_of_whoever_has_said_it(database, clock, li, camille, id):
    for _ in range(2):
        await database.write(ask_rating, by(li, clock), id)
    assert (await types(database, id)).count("RatingAsked") == 1
    await camille.writes("Encore une chose.")
    await database.write(close, by(li, clock), id)
    await rates(database, clock, camille, id, 5)
    await database.write(ask_rating, by(li, clock), id)
    assert (await types(database, id)).count("RatingAsked") == 1
    occasion = await database.read(ratings.occasion, id)
    assert occasion is not None
    assert not occasion.asked


async def test_it_refuses_other_scores_reasons_and_novels(database, clock, camille, id):
    for score in (0, 6, -1):
        with pytest.raises(BadInput, match="score"):
            await rates(database, clock, camille, id, score)
    with pytest.raises(BadInput, match="rating_reason"):
        await rates(database, clock, camille, id, 1, reason="ugly")
    with pytest.raises(BadInput, match="text_too_long"):
        await rates(database, clock, camille, id, 1, text="x" * 2_001)


async def test_the_program_may_ask(database, clock, id):
    await database.write(ask_rating, Stamp(clock.now(), SYSTEM), id)
    asked = (await database.read(latest, id, 1))[0]
    assert asked.type == "RatingAsked"
    assert to_customer(asked)
