"""A working day before the workspace: every deed seen as the agent sees it."""

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from goodword.platform.i18n import text
from goodword.rig.cast import ADA, JUN, NOOR, PASSWORD, THEO
from goodword.rig.server import Server
from tests.walks.people import AgentAtWork, Visitor, Windows

pytestmark = pytest.mark.browser


def t(name: str, /, **facts: object) -> str:
    return text("en", f"workspace.{name}", **facts)


def test_an_empty_desk_is_set_up_by_its_first_administrator(windows: Windows, tmp_path: Path):
    with Server(tmp_path, embedding="none") as server:
        page = windows.open()
        page.goto(server.url)
        expect(page.get_by_role("heading", name=t("setUp.title"))).to_be_visible()
        page.get_by_role("button", name="Français").click()
        expect(page.get_by_role("heading", name=text("fr", "workspace.setUp.title"))).to_be_visible()
        page.get_by_role("button", name="English").click()
        page.get_by_label(t("field.company")).fill("Fennel & Oak")
        page.get_by_label(t("field.name")).fill(ADA.name)
        page.get_by_label(t("field.email")).fill(ADA.email)
        page.get_by_label(t("field.password")).fill(PASSWORD)
        page.get_by_role("button", name=t("setUp.begin")).click()
        expect(page.get_by_text(t("empty.mine.title"))).to_be_visible()
        page.reload()
        expect(page.get_by_text(t("empty.mine.title"))).to_be_visible()


def test_a_wrong_password_is_told_in_a_sentence_and_the_right_one_opens(shop: Server, windows: Windows):
    page = windows.open(locale="fr-FR")
    page.goto(f"{shop.url}/workspace/")
    page.get_by_label(text("fr", "workspace.field.email")).fill(THEO.email)
    password = page.get_by_label(text("fr", "workspace.field.password"))
    password.fill("thym-et-chêne")
    password.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(text("fr", "errors.unauthenticated.credentials"))
    password.fill(PASSWORD)
    password.press("Enter")
    expect(page.get_by_role("link", name=text("fr", "workspace.rail.inbox"))).to_be_visible()


def test_a_conversation_from_take_over_to_close(shop: Server, windows: Windows):
    visitor = Visitor(windows.open(), shop, "en").open_chat()
    visitor.say("What does shipping to Hamburg cost?")
    expect(visitor.answers.last).to_be_visible()
    ada = AgentAtWork(windows.open(), shop, ADA).open_with("What does shipping to Hamburg cost?")
    ada.button("deed.takeOver").click()
    expect(visitor.log).to_contain_text(visitor.t("notice.joined", name=ADA.name))
    address = ada.page.url

    ada.page.get_by_role("radio", name=t("composer.note")).click()
    ada.reply("Asks for the third time this week.")
    expect(ada.said("Asks for the third time this week.")).to_contain_text(t("bubble.note"))

    ada.page.get_by_role("radio", name=t("composer.reply")).click()
    ada.box.press_sequentially("/")
    answers = ada.page.get_by_role("listbox", name=t("picker.label.answers")).get_by_role("option")
    expect(answers).not_to_have_count(0)
    ada.box.press("Enter")
    expect(ada.box).to_have_value(re.compile(r"\w+ \w+"))
    ada.box.fill("That is 6 euros.")
    ada.box.press("Control+Enter")
    expect(visitor.from_people).to_have_count(1)
    expect(visitor.log).not_to_contain_text("third time")

    tag = ada.page.get_by_label(t("tags.add"))
    tag.fill("shipping")
    tag.press("Enter")
    expect(ada.page.get_by_role("link", name="shipping", exact=True)).to_be_visible()

    ada.button("deed.snooze").click()
    ada.page.get_by_role("menuitem", name=re.compile(t("snooze.tomorrow"))).click()
    ada.page.get_by_role("button", name=re.compile(t("common.undo"))).last.click()
    ada.page.goto(address)
    expect(ada.page.get_by_text(t("status.snoozed"), exact=True)).to_have_count(0)

    ada.page.get_by_role("button", name=re.compile(t("assign.of", name=ADA.name).split(".")[0])).click()
    ada.page.get_by_role("menuitem", name=re.compile(THEO.name)).click()
    expect(ada.timeline).to_contain_text(t("notice.assigned", by=ADA.name, name=THEO.name))
    expect(visitor.log).to_contain_text(visitor.t("notice.joined", name=THEO.name))

    ada.work.locator("header").last.get_by_role("button", name=t("deed.close")).click()
    expect(visitor.chat.get_by_text(visitor.t("closed.text"))).to_be_visible()
    visitor.chat.get_by_role("button", name=visitor.t("closed.again")).click()
    visitor.say("One more thing")
    expect(visitor.own.last).to_contain_text("One more thing")


def test_the_keyboard_is_enough(shop: Server, windows: Windows):
    noor = AgentAtWork(windows.open(), shop, NOOR, "all")
    expect(noor.rows.nth(2)).to_be_visible()
    press = noor.page.keyboard.press
    press("j")
    expect(noor.rows.nth(0)).to_have_attribute("aria-current", re.compile("."))
    press("j")
    expect(noor.rows.nth(1)).to_have_attribute("aria-current", re.compile("."))
    press("k")
    expect(noor.rows.nth(0)).to_have_attribute("aria-current", re.compile("."))
    expect(noor.box).to_be_visible()
    first = noor.page.url
    press("e")
    expect(noor.notices.filter(has_text=t("common.undo"))).to_be_visible()
    expect(noor.page).not_to_have_url(first)
    press("z")
    expect(noor.notices.filter(has_text=t("common.undo"))).to_have_count(0)

    press("Control+k")
    palette = noor.page.get_by_role("combobox")
    palette.fill(t("rail.knowledge"))
    palette.press("Enter")
    expect(noor.page).to_have_url(re.compile("/workspace/knowledge"))
    press("?")
    expect(noor.page.get_by_role("dialog")).to_contain_text(t("help.title"))


def test_availability_is_seen_by_colleagues(shop: Server, windows: Windows):
    jun = AgentAtWork(windows.open(), shop, JUN)
    noor = AgentAtWork(windows.open(), shop, NOOR)
    noor.go("team")
    line = noor.page.get_by_role("listitem").filter(has_text=JUN.email)
    expect(line).to_contain_text(t("availability.available"))
    jun.page.get_by_role("button", name=jun.t("availability.change", name=JUN.name)).click()
    jun.page.get_by_role("menuitem", name=jun.t("availability.away")).click()
    expect(line).to_contain_text(t("availability.away"))


def test_the_assistant_answers_from_a_page_that_was_just_published(shop: Server, windows: Windows):
    noor = AgentAtWork(windows.open(), shop, NOOR)
    noor.go("knowledge/new")
    noor.page.get_by_label(t("knowledge.articleTitle")).fill("Engraving on knives")
    noor.page.get_by_label(t("knowledge.body")).fill(
        "## Can you engrave a name on a knife?\n\nYes. We engrave up to twelve letters on any knife for 9 euros."
    )
    noor.button("common.save").click()
    noor.button("knowledge.publish").click()
    expect(noor.notices.filter(has_text=t("knowledge.published"))).to_be_visible()
    visitor = Visitor(windows.open(), shop, "en").open_chat()
    visitor.say("Can you engrave a name on a knife?")
    expect(visitor.answers.last).to_contain_text("twelve letters")
    expect(visitor.answers.last.get_by_role("link")).to_contain_text("Engraving on knives")


def test_a_token_lets_a_program_in_until_it_is_revoked(shop: Server, windows: Windows):
    ada = AgentAtWork(windows.open(), shop, ADA)
    ada.go("settings/tokens")
    ada.page.get_by_label(t("tokens.name")).fill("Monthly figures")
    ada.button("tokens.create").click()
    token = ada.page.locator("code").inner_text()

    def knock() -> int:
        return httpx.get(f"{shop.url}/api/v1/conversations", headers={"Authorization": f"Bearer {token}"}).status_code

    assert knock() == 200
    line = ada.page.get_by_role("listitem").filter(has_text="Monthly figures")
    line.get_by_role("button", name=t("tokens.revoke")).click()
    expect(line).to_have_count(0)
    assert knock() == 401


def test_a_canned_answer_is_written_used_and_deleted(shop: Server, windows: Windows):
    ada = AgentAtWork(windows.open(), shop, ADA)
    ada.go("settings/canned")
    ada.button("canned.add").click()
    ada.page.get_by_label(t("canned.key"), exact=True).fill("engraving")
    for language, words in {"English": "We engrave for 9 euros", "Français": "Nous gravons pour 9 euros"}.items():
        ada.page.get_by_role("tab", name=language).click()
        ada.page.get_by_role("textbox", name=language).fill(f"{words}, {{customer}}.")
    ada.button("common.save").click()
    card = ada.page.get_by_role("listitem").filter(has_text="/engraving")
    expect(card).to_contain_text("English, Français")
    card.get_by_role("button", name=t("canned.removeOf", key="engraving")).click()
    expect(card).to_have_count(0)
    ada.page.get_by_role("button", name=re.compile(t("common.undo"))).click()
    expect(card).to_have_count(1)


def test_an_administrator_changes_a_channel_and_the_widget_shows_it(shop: Server, windows: Windows):
    ada = AgentAtWork(windows.open(), shop, ADA)
    ada.go("settings/channels")
    ada.button("channels.editOf", name="Shop chat").click()
    sheet = ada.page.get_by_role("dialog")
    greeting = sheet.get_by_role("group", name=text("en", "channel.webchat.greeting"), exact=True)
    greeting.get_by_label("English").fill("Good day from the workshop.")
    sheet.get_by_role("button", name=t("channels.showSecret")).click()
    expect(sheet.locator("code").last).to_have_text(re.compile("^[0-9a-f]{64}$"))
    sheet.get_by_label(text("en", "channel.webchat.logo")).fill("not an address")
    sheet.get_by_role("button", name=t("common.save")).click()
    expect(sheet).to_be_visible()
    sheet.get_by_label(text("en", "channel.webchat.logo")).fill("")
    sheet.get_by_role("button", name=t("common.save")).click()
    expect(sheet).to_have_count(0)
    visitor = Visitor(windows.open(), shop, "en").open_chat()
    expect(visitor.chat).to_contain_text("Good day from the workshop.")
    expect(visitor.chat.get_by_role("link", name=visitor.t("intro.help"))).to_have_attribute(
        "href", re.compile("/help/en/$")
    )


def test_an_administrator_lets_somebody_go(demo_server: Server, windows: Windows):
    ada = AgentAtWork(windows.open(), demo_server, ADA)
    ada.go("team")
    ada.button("team.editOf", name=JUN.name).click()
    sheet = ada.page.get_by_role("dialog")
    sheet.get_by_label(t("field.role")).select_option("senior")
    sheet.get_by_label(t("field.maxLoad")).fill("9")
    sheet.get_by_label(t("team.access")).uncheck()
    sheet.get_by_role("button", name=t("common.save")).click()
    line = ada.page.get_by_role("listitem").filter(has_text=JUN.email)
    expect(line).to_contain_text(t("team.noAccess"))
    expect(line).to_contain_text(t("role.senior"))
    refused = ada.page.request.post(
        f"{demo_server.url}/api/v1/session", data={"email": JUN.email, "password": PASSWORD}
    )
    assert refused.status == 401
