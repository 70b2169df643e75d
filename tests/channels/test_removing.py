"""What the other side of a chat or a system sees of a message that was removed, and what becomes of its files."""

import pytest

from goodword.conversations.attached import DROP_FILES
from goodword.platform.audit import link_settled, verify
from goodword.platform.clock import HOUR
from goodword.platform.jobs import enqueue
from tests.desks import House, Visitor, house

pytestmark = pytest.mark.anyio
SAYS = "My password is thyme-4929-kettle"
PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


async def removed(desk: House, conversation: str, message: str) -> None:
    ada = await desk.signed_in("ada")
    (await ada.delete(f"/api/v1/conversations/{conversation}/messages/{message}")).raise_for_status()
    await desk.settle()


async def says(visitor: Visitor, text: str = SAYS, **more) -> tuple[str, str]:
    """The conversation and the message."""
    answer = (await visitor.says(text, **more)).json()
    return answer["conversation_id"], answer["message"]["id"]


def told(events) -> list[str]:
    return [event["type"] for event in events]


async def test_a_visitor_hears_of_it_at_once_and_finds_no_words_when_he_comes_back(desk: House):
    visitor = await desk.visitor()
    conversation, message = await says(visitor)
    await desk.settle()
    assert SAYS in str(await visitor.news())
    await removed(desk, conversation, message)
    news = await visitor.news()
    assert [event["data"] for event in news if event["type"] == "MessageRemoved"] == [
        {"message_id": message, "kind": "message", "by_customer": True}
    ]
    again = (await desk.http.post("/chat/v1/shop/session", json={"token": visitor.opened["token"]})).json()
    assert "MessageReceived" in told(again["events"])
    assert SAYS not in str(again)


async def test_a_note_is_removed_without_a_word_to_the_customer(desk: House):
    visitor, ada = await desk.visitor(), await desk.signed_in("ada")
    conversation, _ = await says(visitor, "Hello")
    await visitor.news()
    note = (await ada.post(f"/api/v1/conversations/{conversation}/notes", json={"client_id": "n", "text": SAYS})).json()
    await removed(desk, conversation, note["message"]["id"])
    assert "MessageRemoved" not in told(await visitor.news())
    page = (await ada.get(f"/api/v1/conversations/{conversation}")).json()
    assert "MessageRemoved" in told(page["events"])
    assert SAYS not in str(page)


async def test_a_reply_that_he_has_not_fetched_never_comes(desk: House):
    visitor, ada = await desk.visitor(), await desk.signed_in("ada")
    conversation, _ = await says(visitor, "Hello")
    said = (
        await ada.post(f"/api/v1/conversations/{conversation}/replies", json={"client_id": "r", "text": SAYS})
    ).json()
    await removed(desk, conversation, said["message"]["id"])
    assert SAYS not in await visitor.hears()
    again = (await desk.http.post("/chat/v1/shop/session", json={"token": visitor.opened["token"]})).json()
    assert SAYS not in str(again)
    await desk.settle()
    assert "Delivered" not in told((await ada.get(f"/api/v1/conversations/{conversation}")).json()["events"])


async def test_a_system_that_reads_the_conversation_sees_the_removal(desk: House):
    headers = {"Authorization": f"Bearer {desk.till_token}", "Idempotency-Key": "one"}
    posted = {"customer": {"external_id": "dana"}, "text": SAYS}
    taken = (await desk.http.post("/api/v1/channels/till/messages", json=posted, headers=headers)).json()
    await removed(desk, taken["conversation_id"], taken["message_id"])
    path = f"/api/v1/channels/till/conversations/{taken['conversation_id']}"
    events = (await desk.http.get(path, headers=headers)).json()["events"]
    assert "MessageRemoved" in told(events)
    assert SAYS not in str(events)
    # The same message again is the one that was removed.
    again = (await desk.http.post("/api/v1/channels/till/messages", json=posted, headers=headers)).json()
    assert (again["message_id"], again["fresh"]) == (taken["message_id"], False)
    assert SAYS not in str((await desk.http.get(path, headers=headers)).json())


async def test_its_photo_is_gone_for_good(desk: House):
    visitor, ada = await desk.visitor(), await desk.signed_in("ada")
    sent = await visitor.call("POST", "files", files={"file": ("card.gif", PIXEL, "image/gif")})
    file = sent.json()
    conversation, message = await says(visitor, "See here", attachments=[file["id"]])
    assert (await ada.get(file["url"])).status_code == 200
    await removed(desk, conversation, message)
    assert (await ada.get(file["url"])).status_code == 404
    assert not desk.desk.services.files.path(file["id"]).exists()
    found = (await ada.get("/api/v1/search", params={"q": "card.gif"})).json()
    assert found["results"] == []


async def test_a_file_that_another_message_has_stays_with_that(desk: House):
    ada, files = await desk.signed_in("ada"), desk.desk.services.files
    file = (await ada.post("/api/v1/files", files={"file": ("plan.gif", PIXEL, "image/gif")})).json()
    visitors = [await desk.visitor(), await desk.visitor()]
    conversations = [(await says(visitor, "Hello"))[0] for visitor in visitors]
    replies = []
    for conversation in conversations:
        body = {"client_id": "r", "text": "See here", "attachments": [file["id"]]}
        answer = await ada.post(f"/api/v1/conversations/{conversation}/replies", json=body)
        replies.append(answer.json()["message"]["id"])
    later = {"client_id": "s", "text": "", "attachments": [file["id"]], "send_at": desk.clock.now() + HOUR}
    made = await ada.post(f"/api/v1/conversations/{conversations[0]}/scheduled", json=later)
    scheduled = made.json()["scheduled_id"]
    await removed(desk, conversations[0], replies[0])
    assert files.path(file["id"]).exists()
    await removed(desk, conversations[1], replies[1])
    assert (await ada.get(file["url"])).status_code == 200
    await ada.delete(f"/api/v1/conversations/{conversations[0]}/scheduled/{scheduled}")
    for _ in range(2):
        again = {"ids": [file["id"], "https://elsewhere.example/plan.gif"]}
        await desk.desk.services.database.write(enqueue, DROP_FILES, again, at=desk.clock.now())
        await desk.settle()
        assert not files.path(file["id"]).exists()
    dead = "SELECT count(*) FROM jobs WHERE state = 'dead' OR last_error IS NOT NULL"
    assert await desk.desk.services.database.read(lambda tx: tx.value(dead)) == 0


async def test_nothing_of_it_is_left_after_the_assistant_has_dealt_with_it(tmp_path, database_url, clock):
    async with house(tmp_path, database_url, clock) as desk:
        visitor = await desk.visitor()
        conversation, message = await says(visitor, f"{SAYS}\nWhere is my order FO-4929?")
        await desk.settle()
        await visitor.call("POST", "human")
        await desk.settle()
        await removed(desk, conversation, message)
        database = desk.desk.services.database

        async def read(tx):
            rows = [
                *await tx.rows("SELECT data AS said FROM events"),
                *await tx.rows("SELECT question AS said FROM assistant_decisions"),
            ]
            rows += [
                *await tx.rows("SELECT text AS said FROM messages"),
                *await tx.rows("SELECT payload AS said FROM jobs"),
            ]
            return "\n".join(str(row["said"]) for row in rows)

        assert "thyme-4929" not in await database.read(read)
        assert "FO-4929" not in await database.read(read)
        await link_settled(database)
        assert (await verify(database)).sound
