"""What an agent does inside a conversation all day long: every deed as he and his colleagues see it."""

import re
import struct
import zlib
from time import time
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from goodword.platform.clock import HOUR
from goodword.platform.i18n import text
from goodword.rig.cast import ADA, NOOR, CastAgent
from goodword.rig.server import Server
from tests.walks.people import AgentAtWork, Visitor, Windows, until

pytestmark = pytest.mark.browser


def t(name: str, /, **facts: object) -> str:
    return text("en", f"workspace.{name}", **facts)


def ask(agent: AgentAtWork, method: str, path: str, data: Any = None) -> Any:
    """The server's answer, asked for in the agent's name."""
    page, url = agent.page, agent.url
    answer = page.request.fetch(f"{url}/api/v1/{path}", method=method, data=data, headers={"Origin": url})
    assert answer.ok, answer.text()
    return answer.json() if answer.body() else None


def heard(windows: Windows, server: Server, agent: CastAgent, *words: str) -> tuple[Visitor, AgentAtWork]:
    """A visitor nobody knows, and the agent who has taken over what he wrote."""
    visitor = Visitor(windows.open(), server, "en").open_chat()
    for one in words:
        visitor.say(one)
        expect(visitor.own.last).to_contain_text(visitor.t("message.sent"))
    at_work = AgentAtWork(windows.open(), server, agent, "assistant")
    rows = ask(at_work, "GET", "conversations?view=all&limit=5")["conversations"]
    mine = next(row for row in rows if row["customer"]["anonymous"])
    ask(at_work, "POST", f"conversations/{mine['id']}/take-over", {})
    at_work.open(mine["id"])
    return visitor, at_work


def id_of(agent: AgentAtWork) -> str:
    return agent.page.url.split("/")[-1].split("?")[0]


def known_twice(agent: AgentAtWork) -> dict[str, Any]:
    """A conversation under way of a customer who has had another one."""
    for row in ask(agent, "GET", "conversations?view=all&limit=60")["conversations"]:
        whole = ask(agent, "GET", f"conversations/{row['id']}")
        others = [one for one in whole["customer"]["conversations"] if one["id"] != row["id"]]
        if others and not whole["conversation"]["merged_into"]:
            return {**row, "other": others[0]}
    raise AssertionError("nobody in the demo has written twice")


def more(agent: AgentAtWork, name: str, /, **facts: object) -> None:
    agent.page.get_by_role("button", name=t("more.label"), exact=True).click()
    agent.page.get_by_role("menuitem", name=t(name, **facts)).click()


def option(agent: AgentAtWork, words: str) -> Locator:
    return agent.page.get_by_role("option").filter(has_text=words)


def undo(page: Page) -> None:
    page.get_by_role("status").get_by_role("button", name=re.compile(t("common.undo"))).last.click()


def test_a_macro_tells_what_it_will_do_and_does_it(shop: Server, windows: Windows):
    _, ada = heard(windows, shop, ADA, "Where is my parcel?")
    steps = [
        {"do": "reply", "texts": {"en": "We are looking for it, this is {agent}."}},
        {"do": "tag", "tags": ["lost-parcel"]},
        {"do": "priority", "priority": "high"},
    ]
    ask(ada, "POST", "macros", {"name": "Look for a parcel", "scope": "everyone", "steps": steps})
    ada.page.reload()
    ada.box.press_sequentially("/look")
    expect(option(ada, "Look for a parcel")).to_have_attribute("aria-selected", "true")
    expect(ada.page.locator("form[data-kind]")).to_contain_text("lost-parcel")
    ada.box.press("Enter")
    expect(ada.box).to_have_value(re.compile("We are looking for it, this is Ada"))
    ada.box.press("End")
    ada.box.press_sequentially(" One moment.")
    ada.box.press("Control+Enter")
    expect(ada.said("One moment.")).to_be_visible()
    expect(ada.page.get_by_role("link", name="lost-parcel", exact=True)).to_be_visible()
    expect(ada.work).to_contain_text(t("priority.high"))
    ada.timeline.get_by_role("button", name=t("common.undo")).last.click()
    expect(ada.page.get_by_role("link", name="lost-parcel", exact=True)).to_have_count(0)


def test_an_empty_field_is_warned_of_once_before_it_is_sent(shop: Server, windows: Windows):
    _, ada = heard(windows, shop, ADA, "Do you sharpen knives?")
    ada.box.press_sequentially("Dear {cust")
    ada.box.press("Enter")
    expect(ada.box).to_have_value("Dear {customer}")
    ada.box.press_sequentially(", yes.")
    ada.box.press("Control+Enter")
    expect(ada.page.locator("form[data-kind]")).to_contain_text(t("composer.missingStill", fields="{customer}"))
    expect(ada.said("Dear {customer}, yes.")).to_have_count(0)
    ada.box.press("Control+Enter")
    expect(ada.said("Dear {customer}, yes.")).to_be_visible()


def test_a_colleague_who_is_named_in_a_note_finds_it(shop: Server, windows: Windows):
    _, ada = heard(windows, shop, ADA, "I want to speak about a broken kettle.")
    noor = AgentAtWork(windows.open(), shop, NOOR, "mentioned")
    ada.page.get_by_role("radio", name=t("composer.note")).click()
    ada.box.press_sequentially("Please look @noo")
    option(ada, NOOR.name).click()
    expect(ada.box).to_have_value(f"Please look @{NOOR.name} ")
    ada.box.press_sequentially("at this kettle")
    ada.box.press("Control+Enter")
    expect(ada.said("at this kettle").locator("b")).to_have_text(f"@{NOOR.name}")
    row = noor.page.locator(f'a[data-mood][href*="{id_of(ada)}"]')
    expect(row).to_contain_text(t("row.mentioned"))


def test_two_conversations_of_a_customer_become_one_and_two_again(shop: Server, windows: Windows):
    ada = AgentAtWork(windows.open(), shop, ADA, "all")
    row = known_twice(ada)
    ada.open(row["id"])
    announced = ada.timeline.get_by_text(t("everything.from"))
    more(ada, "more.merge")
    ada.page.get_by_role("button", name=t("merge.bring", number=f"#{row['other']['number']}")).click()
    expect(announced.first).to_be_visible()
    expect(ada.timeline).to_contain_text(t("notice.joined", by=ADA.name))
    undo(ada.page)
    expect(announced).to_have_count(0)
    expect(ada.timeline).not_to_contain_text(t("notice.joined", by=ADA.name))


def test_messages_are_moved_to_a_conversation_of_their_own_and_back(shop: Server, windows: Windows):
    _, ada = heard(windows, shop, ADA, "My lamp flickers.", "And where is the invoice?")
    moved = ada.said("And where is the invoice?")
    more(ada, "more.split")
    ada.page.get_by_role("checkbox", name=t("split.choose", text="And where is the invoice?")).check()
    ada.button("split.move").click()
    expect(moved).to_have_count(0)
    expect(ada.timeline).to_contain_text(re.compile(r"moved 1 message to #\d+"))
    undo(ada.page)
    expect(moved).to_have_count(1)
    expect(ada.timeline).not_to_contain_text("moved 1 message")


def test_a_reply_for_later_waits_in_the_time_line_until_it_is_cancelled(shop: Server, windows: Windows):
    visitor, ada = heard(windows, shop, ADA, "Will you tell me tomorrow?")
    ada.box.fill("It is ready for you.")
    ada.button("send.more").click()
    ada.page.get_by_role("menuitem", name=t("send.later")).click()
    ada.page.get_by_label(t("when.words")).fill("in 3 days at 9am")
    expect(ada.page.get_by_role("dialog")).to_contain_text("09:00")
    ada.page.get_by_label(t("when.words")).press("Enter")
    waiting = ada.timeline.get_by_role("article", name=re.compile(t("scheduled.label", time="")))
    expect(waiting).to_contain_text("It is ready for you.")
    expect(ada.box).to_have_value("")
    waiting.get_by_role("button", name=t("common.cancel")).click()
    expect(ada.notices.filter(has_text=t("done.unscheduled"))).to_be_visible()
    expect(waiting).to_have_count(0)
    undo(ada.page)
    expect(waiting).to_have_count(1)
    expect(visitor.from_people).to_have_count(0)


def test_colleagues_talk_beside_the_customer(shop: Server, windows: Windows):
    visitor, ada = heard(windows, shop, ADA, "May I have my money back?")
    more(ada, "more.colleague")
    dialog = ada.page.get_by_role("dialog")
    dialog.get_by_label(NOOR.name).check()
    dialog.get_by_label(t("thread.title")).fill("Refund limit")
    dialog.get_by_label(t("thread.text")).fill("May I give back 300 euros?")
    dialog.get_by_role("button", name=t("thread.start"), exact=True).click()
    noor = AgentAtWork(windows.open(), shop, NOOR, "mentioned").open(id_of(ada))
    for agent in (noor, ada):
        agent.page.get_by_role("button", name=re.compile("^Refund limit")).click()
    answer = noor.page.get_by_label(t("thread.reply"))
    answer.fill("Up to 250.")
    answer.press("Control+Enter")
    thread = ada.page.get_by_role("region", name=t("thread.label", title="Refund limit"))
    expect(thread).to_contain_text("Up to 250.")
    thread.get_by_role("button", name=t("thread.close"), exact=True).click()
    expect(thread).to_have_count(0)
    ada.timeline.get_by_role("button", name=t("thread.show")).last.click()
    expect(thread).to_contain_text("Up to 250.")
    expect(visitor.log).not_to_contain_text("250")


def test_who_writes_while_a_colleague_answers_is_asked_before_his_words_go_out(shop: Server, windows: Windows):
    visitor, ada = heard(windows, shop, ADA, "Is the shop open on Sunday?")
    noor = AgentAtWork(windows.open(), shop, NOOR, "all").open(id_of(ada))
    ada.box.press_sequentially("No, on Sunday we are closed.")
    noor.reply("On Sunday we rest.")
    expect(visitor.from_people).to_have_count(1)
    expect(ada.page.locator("form[data-kind]")).to_contain_text(t("composer.answeredMeanwhile", name=NOOR.name))
    ada.box.press("Control+Enter")
    ada.button("outbox.lookFirst").click()
    expect(ada.box).to_have_value("No, on Sunday we are closed.")
    ada.box.press("Control+Enter")
    ada.button("outbox.sendAnyway").click()
    expect(visitor.from_people).to_have_count(2)
    assert ask(ada, "GET", f"conversations/{id_of(ada)}")["conversation"]["preview"]["text"].startswith("No,")


def test_pictures_and_papers_open_inside_the_page(shop: Server, windows: Windows):
    _, ada = heard(windows, shop, ADA, "The glass is cracked.")
    ada.page.get_by_role("radio", name=t("composer.note")).click()
    with ada.page.expect_file_chooser() as chooser:
        ada.button("composer.attach").click()
    files: list[FilePayload] = [
        {"name": "crack.png", "mimeType": "image/png", "buffer": picture(60, 40)},
        {"name": "label.png", "mimeType": "image/png", "buffer": picture(40, 60)},
    ]
    chooser.value.set_files(files)
    expect(ada.page.locator("[data-ready=true]")).to_have_count(2)
    ada.reply("As he sent it")
    ada.said("As he sent it").get_by_role("button", name=t("attachment.enlarge", name="crack.png")).click()
    viewer = ada.page.get_by_role("dialog", name="crack.png")
    expect(viewer.get_by_role("img", name="crack.png")).to_have_js_property("naturalWidth", 60)
    ada.page.keyboard.press("ArrowRight")
    expect(ada.page.get_by_role("dialog", name="label.png")).to_be_visible()
    ada.page.keyboard.press("Escape")
    expect(ada.page.get_by_role("dialog")).to_have_count(0)


def test_spam_goes_away_and_comes_back(shop: Server, windows: Windows):
    _, ada = heard(windows, shop, ADA, "Buy my pills!")
    address, id = ada.page.url, id_of(ada)
    ada.page.locator("h2").first.click()
    ada.page.keyboard.press("!")
    expect(ada.page).not_to_have_url(address)
    until(lambda: ask(ada, "GET", f"conversations/{id}")["conversation"]["spam"], bool)
    with ada.page.expect_response(re.compile("/spam$")):
        undo(ada.page)
    ada.open(id)
    expect(ada.timeline).to_contain_text(t("notice.notSpam", by=ADA.name))
    assert ask(ada, "GET", f"conversations/{id}")["conversation"]["spam"] is False


def test_an_address_leads_to_the_message(shop: Server, windows: Windows):
    _, ada = heard(windows, shop, ADA, "First of all, hello.")
    id = id_of(ada)
    for index in range(25):
        note = {"client_id": f"note-{index}", "text": f"Line {index} of a long story.\n" * 3}
        ask(ada, "POST", f"conversations/{id}/notes", note)
    events = ask(ada, "GET", f"conversations/{id}")["events"]
    seq = next(event["seq"] for event in events if event["type"] == "MessageReceived")
    ada.go(f"inbox/all/{id}?at={seq}")
    expect(ada.said("First of all, hello.")).to_be_in_viewport()
    ada.go(f"inbox/all/{id}")
    expect(ada.said("Line 24")).to_be_in_viewport()
    expect(ada.said("First of all, hello.")).not_to_be_in_viewport()


def test_a_draft_is_on_every_device_and_never_overwritten(shop: Server, windows: Windows):
    _, desk = heard(windows, shop, ADA, "Are you there?")
    phone = AgentAtWork(windows.open(), shop, ADA, "mine").open(id_of(desk))
    desk.box.press_sequentially("Yes, I am")
    expect(phone.box).to_have_value("Yes, I am")
    phone.box.press_sequentially(" here.")
    expect(desk.box).to_have_value("Yes, I am here.")
    desk.box.press("End")
    desk.box.press_sequentially(" One")
    phone.box.press_sequentially(" Two")
    hint = desk.page.locator("form[data-kind]")
    expect(hint).to_contain_text(t("composer.elsewhere"))
    expect(desk.box).to_have_value("Yes, I am here. One")
    desk.button("composer.takeIt").click()
    expect(desk.box).to_have_value(re.compile("Two"))


def test_a_reply_that_waits_is_worded_anew_where_it_stands(shop: Server, windows: Windows):
    _, ada = heard(windows, shop, ADA, "I shall tell you tomorrow")
    later = {"client_id": "later", "text": "Has it come by now?", "send_at": round(time() * 1_000) + 5 * HOUR}
    ask(ada, "POST", f"conversations/{id_of(ada)}/scheduled", later)
    card = ada.page.locator("article[data-later]")
    card.get_by_role("button", name=t("scheduled.edit")).click()
    words = card.get_by_role("textbox", name=t("scheduled.text"))
    expect(words).to_be_focused()
    words.fill("Is the kettle there?")
    words.press("Control+Enter")
    expect(ada.notices.filter(has_text=t("done.rescheduled"))).to_be_visible()
    expect(card).to_contain_text("Is the kettle there?")
    [waiting] = ask(ada, "GET", f"conversations/{id_of(ada)}")["scheduled"]
    assert (waiting["text"], waiting["send_at"]) == ("Is the kettle there?", later["send_at"])
    ada.page.keyboard.press("z")
    expect(card).to_contain_text("Has it come by now?")


def test_two_records_become_one_person_and_two_again(shop: Server, windows: Windows):
    _, ada = heard(windows, shop, ADA, "It is me again, from my phone")
    side = ada.page.get_by_role("complementary", name=t("customer.panel"))
    side.get_by_role("button", name=t("customer.samePerson")).click()
    ada.page.get_by_label(t("customer.samePersonFind")).fill("camille")
    ada.page.get_by_role("button", name=t("customer.joinWith", name="Camille Roy")).click()
    expect(side.get_by_role("heading", level=2)).to_have_text("Camille Roy")
    expect(side.get_by_role("heading", name=t("customer.others"))).to_be_visible()
    side.get_by_role("button", name=t("customer.takeApart")).click()
    expect(side.get_by_role("heading", level=2)).to_have_text(t("customer.anonymous"))
    expect(ada.notices.filter(has_text=t("done.takenApart"))).to_be_visible()


def picture(width: int, height: int) -> bytes:
    """A plain PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x8c\xa0\x6e" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
