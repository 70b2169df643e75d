"""What an agent sees of a customer beside the conversation."""

import pytest

from goodword.conversations import merge, store
from goodword.conversations.person import person
from tests.conversations.conftest import by
from tests.conversations.doors import TILL, door

pytestmark = pytest.mark.anyio


async def test_his_other_conversations_say_where_they_go_on(database, clock, li):
    chat, till = await door(database, clock), await door(database, clock, TILL)
    asked, again = await chat.writes("Where is my kettle?"), await till.writes("It has not come.", thread="t1")
    source, target = asked.conversation, again.conversation
    await database.write(merge, by(li, clock), source.id, target.id)
    customer = (await database.read(store.get, target.id)).customer_id
    known = {one.id: one for one in (await database.read(person, customer)).conversations}
    assert known[source.id].merged_into.number == target.number
    assert (known[target.id].merged_into, known[target.id].rating) == (None, None)
    assert known[target.id].preview == "It has not come."
