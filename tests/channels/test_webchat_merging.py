"""What agents merge and split, a visitor never notices: his talk goes on, whole and each word once."""

import pytest

from goodword.platform.clock import DAY

pytestmark = pytest.mark.anyio


async def texts(visitor):
    """All that his widget shows when it is opened anew."""
    events = (await visitor.call("GET", "events", params={"limit": 200})).json()["events"]
    told = [e["data"]["message"]["text"] for e in events if e["type"] in ("MessageReceived", "ReplyQueued")]
    return [text for text in told if text in SAID]


SAID = {"One", "Two", "Three", "Four", "Answer one", "Answer two", "Answer three"}


async def answers(client, id, key, text):
    answer = await client.post(f"/api/v1/conversations/{id}/replies", json={"client_id": key, "text": text})
    assert answer.status_code == 202, answer.text


async def test_a_talk_goes_on_in_what_its_conversation_was_merged_into(desk):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    first = (await dana.says("One")).json()["conversation_id"]
    await li.post(f"/api/v1/conversations/{first}/close")
    desk.clock.go_on(15 * DAY)
    li = await desk.signed_in("li")
    second = (await dana.says("Two")).json()["conversation_id"]
    assert second != first
    assert (await li.post(f"/api/v1/conversations/{second}/merge", json={"into": first})).status_code == 200
    await answers(li, first, "r1", "Answer one")
    assert (await dana.says("Three")).json()["conversation_id"] == first
    await answers(li, first, "r2", "Answer two")
    assert await texts(dana) == ["One", "Two", "Answer one", "Three", "Answer two"]
    again = await desk.visitor(token=dana.opened["token"])
    assert again.opened["conversation"]["id"] == first
    assert again.opened["conversation"]["assignee"]["name"] == "Li Na"
    told = {event["type"] for event in again.opened["events"]}
    assert not told & {"ConversationMerged", "ConversationJoined"}


async def test_a_rating_goes_to_the_talk_that_is_shown_whatever_was_split_off(desk):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    first = (await dana.says("One")).json()["conversation_id"]
    second = (await dana.says("Two")).json()["message"]["id"]
    await answers(li, first, "r1", "Answer one")
    split = await li.post(f"/api/v1/conversations/{first}/split", json={"message_ids": [second]})
    assert split.status_code in (200, 201), split.text
    await li.post(f"/api/v1/conversations/{first}/rating/ask")
    rated = await dana.call("POST", "rating", json={"score": 5})
    assert rated.status_code == 204, rated.text
    rows = [await li.get(f"/api/v1/conversations/{id}") for id in (first, split.json()["conversation"]["id"])]
    assert [row.json()["conversation"]["rating"] for row in rows] == [5, None]
    kept = (await dana.call("GET", "transcript")).text
    assert "One" in kept


async def test_of_what_was_merged_into_another_channel_the_answers_come_back_to_the_chat(desk):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    chat = (await dana.says("One")).json()
    row = (await li.get(f"/api/v1/conversations/{chat['conversation_id']}")).json()["conversation"]
    headers = {"Authorization": f"Bearer {desk.till_token}", "Idempotency-Key": "k1"}
    body = {"customer": {"external_id": "dana", "name": "Dana Evans"}, "text": "Two"}
    till = (await desk.http.post("/api/v1/channels/till/messages", json=body, headers=headers)).json()
    other = (await li.get(f"/api/v1/conversations/{till['conversation_id']}")).json()["conversation"]["customer"]["id"]
    refused = await li.post(f"/api/v1/conversations/{row['id']}/merge", json={"into": till["conversation_id"]})
    assert (refused.status_code, refused.json()["reason"]) == (400, "merge_customers_first")

    joined = await li.post(f"/api/v1/customers/{other}/merge", json={"from_id": row["customer"]["id"]})
    assert joined.status_code == 200, joined.text
    await desk.settle()
    merged = await li.post(f"/api/v1/conversations/{row['id']}/merge", json={"into": till["conversation_id"]})
    assert merged.status_code == 200, merged.text
    opened = (await li.get(f"/api/v1/conversations/{till['conversation_id']}")).json()
    assert sorted(opened["streams"]) == sorted([row["id"], till["conversation_id"]])
    assert {event["stream"] for event in opened["events"]} == set(opened["streams"])
    seqs = [event["seq"] for event in opened["events"]]
    assert seqs == sorted(seqs)

    assert (await dana.says("Three")).json()["conversation_id"] == row["id"]
    await answers(li, row["id"], "r1", "Answer one")
    assert await texts(dana) == ["One", "Three", "Answer one"]
    alone = (await li.get(f"/api/v1/conversations/{row['id']}")).json()["conversation"]
    assert (alone["merged_into"], alone["status"]) == (None, "waiting")


async def test_when_two_customers_are_parted_again_so_are_their_conversations(desk):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    chat = (await dana.says("One")).json()["conversation_id"]
    his = (await li.get(f"/api/v1/conversations/{chat}")).json()["conversation"]["customer"]["id"]
    gus = await desk.visitor()
    other = (await gus.says("Two")).json()["conversation_id"]
    kept = (await li.get(f"/api/v1/conversations/{other}")).json()["conversation"]["customer"]["id"]
    card = (await li.post(f"/api/v1/customers/{kept}/merge", json={"from_id": his})).json()
    await desk.settle()
    assert (await li.post(f"/api/v1/conversations/{chat}/merge", json={"into": other})).status_code == 200
    await li.post(f"/api/v1/customers/merges/{card['merges'][0]['id']}/undo")
    await desk.settle()
    alone = (await li.get(f"/api/v1/conversations/{chat}")).json()
    assert alone["conversation"]["merged_into"] is None
    assert (await li.get(f"/api/v1/conversations/{other}")).json()["streams"] == [other]


async def test_a_split_leaves_his_talk_whole_and_answers_from_both_sides_reach_him(desk):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    first = (await dana.says("One")).json()
    second = (await dana.says("Two")).json()
    old = first["conversation_id"]
    body = {"message_ids": [second["message"]["id"]]}
    made = await li.post(f"/api/v1/conversations/{old}/split", json=body)
    assert made.status_code == 201
    new = made.json()["conversation"]["id"]
    assert await texts(dana) == ["One", "Two"]
    await answers(li, old, "r1", "Answer one")
    await answers(li, new, "r2", "Answer two")
    assert (await dana.says("Three")).json()["conversation_id"] == new
    assert await texts(dana) == ["One", "Two", "Answer one", "Answer two", "Three"]
    again = await desk.visitor(token=dana.opened["token"])
    assert again.opened["conversation"]["id"] == old
    delivered = {e["data"]["message_id"] for e in (await dana.news()) if e["type"] == "Delivered"}
    assert len(delivered) >= 2
    undone = await li.post(f"/api/v1/conversations/{old}/unsplit", json={"into": new})
    assert undone.status_code == 200
    assert await texts(dana) == ["One", "Two", "Answer one", "Answer two", "Three"]
    assert (await dana.says("Four")).json()["conversation_id"] == old
    await answers(li, old, "r3", "Answer three")
    assert (await texts(dana))[-2:] == ["Four", "Answer three"]
