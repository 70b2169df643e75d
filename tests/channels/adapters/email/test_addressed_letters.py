"""Letters that agents address: written first, copied to others, passed on; and nobody learns what is not for him."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from goodword.channels.adapters.email.parsing import parse
from goodword.rig.mail.smtp import ScriptedSmtp, Taken
from tests.channels.adapters.email.mailroom import DANA, GUS, MAILBOX, Mailroom, mail, mailroom

pytestmark = pytest.mark.anyio

OMAR = {"address": "omar@diallo.example", "name": "Omar Diallo"}
YUNA = {"address": "yuna@park.example", "name": "박유나"}
BOSS = {"address": "chief@fennel-oak.example", "name": "Noor Haddad"}
POTTERY = {"address": "help@pottery.example", "name": "The pottery"}


class Out:
    """Ada writes; ``smtp`` is where it arrives."""

    def __init__(self, room: Mailroom, smtp: ScriptedSmtp, ada: httpx.AsyncClient) -> None:
        self.room = room
        self.smtp = smtp
        self.ada = ada

    async def begins(self, **more: Any) -> httpx.Response:
        call = {
            "client_id": "b1",
            "channel_id": self.room.box.id,
            "to": [OMAR],
            "subject": "Your new lid",
            "text": "It is ready.",
            **more,
        }
        answer = await self.ada.post("/api/v1/conversations", json=call)
        await self.room.house.settle()
        return answer

    async def replies(self, id: str, text: str = "Here it is.", **more: Any) -> Taken:
        """The mail as it left."""
        (await self.tries(id, text, **more)).raise_for_status()
        return self.smtp.taken[-1]

    async def tries(self, id: str, text: str = "Here it is.", **more: Any) -> httpx.Response:
        call = {"client_id": f"r{self.room.house.clock.go_on(1_000)}", "text": text, **more}
        answer = await self.ada.post(f"/api/v1/conversations/{id}/replies", json=call)
        await self.room.house.settle()
        return answer

    async def row(self, id: str) -> dict[str, Any]:
        return dict((await self.room.conversation(id))["conversation"])

    async def asked(self, **more: str) -> str:
        """Dana writes, with Gus reading along: her conversation."""
        raw = mail("The lid of my kettle is cracked.", id="first@customers.example", cc=GUS, **more)
        return str((await self.room.takes(raw)).conversation_id)


@pytest.fixture
async def out(room: Mailroom) -> AsyncIterator[Out]:
    async with ScriptedSmtp() as smtp:
        ada = await room.house.signed_in("ada")
        way = {"outbound": "smtp", "smtp_host": "127.0.0.1", "smtp_port": smtp.port, "smtp_security": "none"}
        (await ada.patch(f"/api/v1/channels/{room.box.id}", json={"settings": way})).raise_for_status()
        yield Out(room, smtp, ada)


async def test_an_agent_begins_a_conversation_and_the_answer_comes_back_into_it(out: Out):
    answer = await out.begins(cc=[YUNA], bcc=[BOSS])
    assert answer.status_code == 201
    row = answer.json()["conversation"]
    assert (row["status"], row["handler"], row["waiting_since"], row["unread"]) == ("waiting", "agent", None, 0)
    assert row["assignee"]["name"] == "Ada Silva"
    assert (row["customer"]["name"], row["subject"]) == ("Omar Diallo", "Your new lid")
    (left,) = out.smtp.taken
    assert sorted(left.recipients) == ["chief@fennel-oak.example", "omar@diallo.example", "yuna@park.example"]
    assert b"chief@" not in left.raw
    assert b"Noor" not in left.raw
    read = parse(left.raw)
    assert read.subject.startswith("Your new lid [#")
    assert (read.in_reply_to, read.references) == ((), ())
    back = mail("Thank you", sender="Omar <omar@diallo.example>", subject=read.subject, to=read.reply_to[0].address)
    assert (await out.room.takes(back)).conversation_id == row["id"]
    row = await out.row(row["id"])
    assert (row["status"], row["unread"], row["handler"]) == ("open", 1, "agent")
    assert out.smtp.taken == [left], "no program answers in it"


async def test_who_writes_first_has_answered_nobody_in_no_time(out: Out):
    await out.begins()
    back = {"sender": "Omar <omar@diallo.example>", "in_reply_to": f"<{parse(out.smtp.taken[0].raw).message_id}>"}
    id = str((await out.room.takes(mail("Thank you", **back))).conversation_id)
    await out.replies(id)
    wall = (await out.ada.get("/api/v1/supervision/wall")).json()
    assert wall["figures"]["first_reply"] is None


async def test_what_was_begun_twice_is_begun_once(out: Out):
    first, second = await out.begins(), await out.begins()
    assert first.json()["conversation"]["id"] == second.json()["conversation"]["id"]
    assert first.json()["message"] == second.json()["message"]
    assert len(out.smtp.taken) == 1
    assert await out.room.count("conversations") == 1


async def test_it_can_be_closed_at_once_and_is_opened_by_the_answer(out: Out):
    row = (await out.begins(then="close")).json()["conversation"]
    assert row["status"] == "closed"
    read = parse(out.smtp.taken[0].raw)
    await out.room.takes(mail("Thanks", sender="Omar <omar@diallo.example>", in_reply_to=f"<{read.message_id}>"))
    row = await out.row(row["id"])
    assert (row["status"], row["handler"], row["assignee"]["name"]) == ("open", "agent", "Ada Silva")


async def test_who_is_known_by_his_address_stays_who_he_is(out: Out):
    dana = (await out.row(await out.asked()))["customer"]
    row = (await out.begins(to=[{"address": "Dana@Customers.Example", "name": "Somebody"}])).json()["conversation"]
    assert row["customer"] == dana


async def test_an_address_becomes_that_of_the_customer_who_was_chosen_but_never_anothers(out: Out):
    visitor = await out.room.house.visitor()
    await visitor.says("Hello")
    [chat] = (await out.ada.get("/api/v1/conversations")).json()["conversations"]
    chosen = chat["customer"]["id"]
    row = (await out.begins(customer_id=chosen)).json()["conversation"]
    assert row["customer"]["id"] == chosen
    await out.asked()
    taken = await out.begins(customer_id=chosen, client_id="b2", to=[{"address": "dana@customers.example"}])
    assert (taken.status_code, "Another customer" in taken.json()["detail"]) == (409, True)


async def blocked(out: Out) -> str:
    customer = (await out.row(await out.asked()))["customer"]["id"]
    (await out.ada.post(f"/api/v1/customers/{customer}/block", json={})).raise_for_status()
    return "is blocked"


async def switched_off(out: Out) -> str:
    (await out.ada.patch(f"/api/v1/channels/{out.room.box.id}", json={"disabled": True})).raise_for_status()
    return "is switched off"


async def silent(out: Out) -> str:
    settings = {"settings": {"outbound": "none"}}
    (await out.ada.patch(f"/api/v1/channels/{out.room.box.id}", json=settings)).raise_for_status()
    return "sends no e-mail"


@pytest.mark.parametrize("hindrance", [blocked, switched_off, silent])
async def test_nothing_is_begun_that_could_not_arrive_or_be_answered(out: Out, hindrance):
    why = await hindrance(out)
    before = await out.room.count("conversations")
    answer = await out.begins(to=[{"address": "dana@customers.example"}])
    assert answer.status_code == 409
    assert why in answer.json()["detail"]
    assert (await out.room.count("conversations"), out.smtp.taken) == (before, [])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"to": []}, "to"),
        ({"to": [{"address": "nobody"}]}, "to"),
        ({"to": [{"address": MAILBOX}]}, "to"),
        ({"cc": [{"address": "a b@x.example"}]}, "cc"),
        ({"bcc": [{"address": "x@y.example\r\nBcc: z@y.example"}]}, "bcc"),
        ({"cc": [{"address": f"c{number}@x.example"} for number in range(50)]}, "to"),
        ({"subject": " "}, "subject"),
    ],
)
async def test_what_is_wrong_is_said_with_the_field(out: Out, wrong: dict[str, Any], field: str):
    answer = await out.begins(**wrong)
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]
    assert await out.room.count("conversations") == 0


async def test_only_where_letters_leave_can_recipients_be_chosen(out: Out):
    visitor = await out.room.house.visitor()
    await visitor.says("Hello")
    [chat] = (await out.ada.get("/api/v1/conversations")).json()["conversations"]
    refused = await out.tries(chat["id"], letter={"to": [OMAR]})
    assert (refused.status_code, "recipients can’t be chosen" in refused.text) == (400, True)
    elsewhere = await out.begins(channel_id=out.room.house.chat.id)
    assert elsewhere.status_code == 400
    assert "Here it is." not in await visitor.hears()


async def test_to_whom_an_agent_chose_to_write_the_next_reply_goes_again_but_never_to_who_read_unseen(out: Out):
    id = await out.asked()
    chosen = {"to": [YUNA, OMAR], "cc": [POTTERY], "bcc": [BOSS], "subject": "The lid, again"}
    first = await out.replies(id, letter=chosen)
    assert sorted(first.recipients) == sorted(one["address"] for one in (YUNA, OMAR, POTTERY, BOSS))
    assert parse(first.raw).subject.startswith("The lid, again [#")
    assert b"cracked" not in first.raw, "what Dana wrote is not shown to others by itself"
    again = await out.replies(id)
    assert sorted(again.recipients) == sorted(one["address"] for one in (YUNA, OMAR, POTTERY))
    assert parse(again.raw).subject.startswith("Re: The lid, again [#")
    await out.room.takes(mail("And mine?", in_reply_to="<first@customers.example>"))
    assert (await out.replies(id)).recipients == ("dana@customers.example",)


async def test_sent_again_it_goes_to_the_same(out: Out):
    id = await out.asked()
    out.smtp.refuses(POTTERY["address"], "550 5.1.1 No such pottery")
    (await out.tries(id, letter={"to": [POTTERY], "bcc": [BOSS]})).raise_for_status()
    [said] = [one for one in await out.room.messages(id) if one["author"]["kind"] == "agent"]
    assert (await out.row(id))["undelivered"] == said["id"]
    out.smtp.refuses(POTTERY["address"], "250 2.1.5 OK")
    (await out.ada.post(f"/api/v1/conversations/{id}/messages/{said['id']}/resend")).raise_for_status()
    await out.room.house.settle()
    assert out.smtp.taken[-1].recipients == (POTTERY["address"], BOSS["address"])


async def test_what_waits_for_its_time_keeps_its_letter(out: Out):
    id = await out.asked()
    clock = out.room.house.clock
    later = {
        "client_id": "l1",
        "text": "Soon.",
        "send_at": clock.now() + 60_000,
        "letter": {"to": [YUNA], "bcc": [BOSS]},
    }
    (await out.ada.post(f"/api/v1/conversations/{id}/scheduled", json=later)).raise_for_status()
    [waiting] = (await out.room.conversation(id))["scheduled"]
    assert [one["address"] for one in waiting["letter"]["bcc"]] == [BOSS["address"]]
    clock.go_on(61_000)
    await out.room.house.settle()
    assert out.smtp.taken[-1].recipients == (YUNA["address"], BOSS["address"])


async def forwarded(out: Out, id: str, **more: Any) -> Taken:
    [heard] = [one for one in await out.room.messages(id) if one["author"]["kind"] == "customer"][:1]
    return await out.replies(id, "Can you help?", letter={"to": [POTTERY], "forwards": heard["id"], **more})


async def test_what_is_passed_on_answers_nobody_and_is_all_there(out: Out):
    raw = mail("It leaks.\r\n\r\n-- \r\nDana, Kitchen 7", id="first@customers.example", cc=GUS)
    id = str((await out.room.takes(raw)).conversation_id)
    before = await out.row(id)
    left = await forwarded(out, id, bcc=[BOSS])
    after = await out.row(id)
    same = ("status", "waiting_since", "unread", "handler", "assignee", "undelivered")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert left.recipients == (POTTERY["address"], BOSS["address"])
    read = parse(left.raw)
    assert read.subject.startswith("Fwd: My kettle [#")
    assert (read.references, read.in_reply_to) == (("first@customers.example",), ())
    for line in (
        "Can you help?",
        "---------- Forwarded message ----------",
        "From: Dana Evans <dana@customers.example>",
    ):
        assert line in read.text
    for line in (f"To: {MAILBOX}", "Cc: Gus Brandt <gus@customers.example>", "It leaks.", "Dana, Kitchen 7"):
        assert line in read.text
    assert "chief@" not in read.text


async def test_the_files_of_what_is_passed_on_go_along_and_stay_where_they_are(out: Out):
    lines = [
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="b"',
        f"From: {DANA}\r\nTo: {MAILBOX}\r\nSubject: My kettle\r\nMessage-ID: <pictured@customers.example>",
        "",
        "--b\r\nContent-Type: text/plain\r\n\r\nLook.",
        '--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="lid.png"\r\n',
        "PNG",
        "--b--\r\n",
    ]
    id = str((await out.room.takes("\r\n".join(lines).encode())).conversation_id)
    read = parse((await forwarded(out, id)).raw)
    assert [(one.name, one.content) for one in read.attachments] == [("lid.png", b"PNG")]
    assert [len(one["attachments"]) for one in await out.room.messages(id)] == [1, 0]


async def test_who_was_only_asked_for_help_answers_into_it_and_gets_no_answer_to_the_customer(out: Out):
    id = await out.asked()
    left = parse((await forwarded(out, id)).raw)
    jane = mail(
        "Yes: glue.", sender="Jane <jane@pottery.example>", to=left.reply_to[0].address, id="jane@pottery.example"
    )
    assert (await out.room.takes(jane)).conversation_id == id
    heard = (await out.room.messages(id))[-1]
    assert (heard["text"], heard["letter"]["outside"]) == ("Yes: glue.", True)
    assert (await out.row(id))["unread"] == 2
    answer = await out.replies(id, "Glue it.")
    assert sorted(answer.recipients) == ["dana@customers.example", "gus@customers.example"]
    assert b"pottery" not in answer.raw, "the customer doesn't learn whom we asked"
    assert b"cracked" in answer.raw
    thanks = await out.replies(id, "Thank you!", letter={"to": [{"address": "jane@pottery.example"}]})
    assert parse(thanks.raw).in_reply_to == ("jane@pottery.example",)
    assert "Yes: glue." in parse(thanks.raw).folded
    more = mail("Welcome.", sender="Jane <jane@pottery.example>", in_reply_to=f"<{parse(thanks.raw).message_id}>")
    await out.room.takes(more)
    assert not (await out.room.messages(id))[-1]["letter"]["outside"], "to her an agent has written otherwise"


async def test_the_customers_side_stays_the_customers_side_when_it_was_passed_on(out: Out):
    id = await out.asked()
    await forwarded(out, id)
    for sender in (DANA, GUS):
        await out.room.takes(mail("And now?", sender=sender, in_reply_to="<first@customers.example>"))
        assert not (await out.room.messages(id))[-1]["letter"]["outside"], sender


async def test_a_note_and_what_stands_elsewhere_are_not_passed_on(out: Out):
    id = await out.asked()
    said = {"client_id": "n1", "text": "Careful"}
    (await out.ada.post(f"/api/v1/conversations/{id}/notes", json=said)).raise_for_status()
    note = (await out.room.messages(id))[-1]["id"]
    elsewhere = str((await out.room.takes(mail("Mine", sender=GUS, subject="Other"))).conversation_id)
    other = (await out.room.messages(elsewhere))[-1]["id"]
    for message in (note, other, "msg_unknown"):
        refused = await out.tries(id, letter={"to": [POTTERY], "forwards": message})
        assert (refused.status_code, "can be passed on" in refused.text) == (400, True)
    assert out.smtp.taken == []


async def test_a_forward_that_comes_back_is_seen_but_hides_no_answer_that_was_lost(out: Out):
    id = await out.asked()
    out.smtp.refuses("dana@customers.example", "550 5.1.1 gone")
    out.smtp.refuses(POTTERY["address"], "550 5.1.1 gone")
    first = (await out.room.messages(id))[0]["id"]
    passing = {"to": [POTTERY], "forwards": first}
    (await out.tries(id, "", letter=passing)).raise_for_status()
    lost = (await out.room.messages(id))[-1]["id"]
    assert (await out.row(id))["undelivered"] == lost
    (await out.tries(id, "Tomorrow.")).raise_for_status()
    answer = (await out.room.messages(id))[-1]["id"]
    assert (await out.row(id))["undelivered"] == answer
    (await out.tries(id, "", letter=passing)).raise_for_status()
    assert (await out.row(id))["undelivered"] == answer


async def test_no_rule_takes_what_we_began_or_passed_on_for_the_customers_doing(out: Out):
    for event in ("opened", "customer_wrote", "agent_replied"):
        rule: dict[str, Any] = {"name": event, "when": {"event": event}, "conditions": [], "enabled": True}
        steps = [{"do": "tag", "tags": [event]}]
        (await out.ada.post("/api/v1/rules", json={**rule, "steps": steps})).raise_for_status()
    begun = (await out.begins()).json()["conversation"]["id"]
    await out.room.house.settle()
    assert (await out.row(begun))["tags"] == ["agent_replied"]
    back = {"sender": "Omar <omar@diallo.example>", "in_reply_to": f"<{parse(out.smtp.taken[0].raw).message_id}>"}
    await out.room.takes(mail("Thank you", **back))
    assert (await out.row(begun))["tags"] == ["agent_replied", "customer_wrote"], "he has opened nothing"
    id = await out.asked()
    assert (await out.row(id))["tags"] == ["customer_wrote", "opened"]
    off = {"remove": ["customer_wrote", "opened"]}
    (await out.ada.post(f"/api/v1/conversations/{id}/tags", json=off)).raise_for_status()
    left = parse((await forwarded(out, id)).raw)
    await out.room.takes(mail("Glue.", sender="Jane <jane@pottery.example>", in_reply_to=f"<{left.message_id}>"))
    assert (await out.row(id))["tags"] == []


async def test_the_assistant_leaves_it_to_people_who_was_asked_for_help(database_url, tmp_path, clock):
    async with mailroom(tmp_path, database_url, clock, assistant_answers=True) as room, ScriptedSmtp() as smtp:
        ada = await room.house.signed_in("ada")
        way = {"outbound": "smtp", "smtp_host": "127.0.0.1", "smtp_port": smtp.port, "smtp_security": "none"}
        settings = {"settings": {**way, "acknowledge": True}}
        (await ada.patch(f"/api/v1/channels/{room.box.id}", json=settings)).raise_for_status()
        out = Out(room, smtp, ada)
        id = await out.asked()
        assert (await out.row(id))["handler"] == "assistant"
        left = parse((await forwarded(out, id)).raw)
        said = len(await room.messages(id))
        await room.takes(mail("Do you open on Sunday?", sender=GUS[:-4] + "om>", in_reply_to=f"<{left.message_id}>"))
        assert (await out.row(id))["handler"] in ("queue", "nobody", "agent")
        assert [one["author"]["kind"] for one in (await room.messages(id))[said:]] == ["customer"]
        begun = (await out.begins()).json()["conversation"]["id"]
        first = parse(smtp.taken[-1].raw).message_id
        await room.takes(mail("Do you open on Sunday?", sender="Omar <omar@diallo.example>", in_reply_to=f"<{first}>"))
        assert [one["author"]["kind"] for one in await room.messages(begun)] == ["agent", "customer"]
