"""A rule is written as a sentence, tried on the past, and seen at work while a customer chats."""

import re
import secrets

import pytest
from playwright.sync_api import Locator, expect

from goodword.platform.i18n import text
from goodword.rig.cast import ADA
from goodword.rig.server import Server
from tests.walks.people import PHONE, AgentAtWork, Visitor, Windows

pytestmark = pytest.mark.browser


def a(name: str, /, **facts: object) -> str:
    return text("en", f"automation.{name}", **facts)


def fresh(name: str) -> str:
    """Of this walk alone: one that is walked again meets what the first try left behind."""
    return f"{name} {secrets.token_hex(3)}"


def choose(card: Locator, label: str, option: str) -> None:
    """Open the menu that is one of the sentence's words, and take one of its items."""
    card.get_by_role("button", name=re.compile(rf"^{re.escape(label)}: ")).last.click()
    card.page.get_by_role("menuitem", name=option, exact=True).click()


def test_a_rule_is_written_tried_and_seen_at_work(shop: Server, windows: Windows):
    called = fresh("Lids are tagged")
    ada = AgentAtWork(windows.open(), shop, ADA)
    ada.go("settings/rules")
    ada.page.get_by_role("button", name=a("auto.add")).click()
    card = ada.page.get_by_role("listitem", name=a("auto.new"), exact=True)
    keep = card.get_by_role("button", name=a("auto.keep"))
    expect(keep).to_be_disabled()
    name = card.get_by_label(a("auto.name"))
    name.fill(called)
    name.press("Enter")
    words = card.get_by_label(a("auto.text"), exact=True)
    words.fill("teapot lid, couvercle")
    words.press("Enter")
    tags = card.get_by_label(a("auto.tag"), exact=True)
    tags.fill("lid")
    tags.press("Enter")
    card.get_by_role("button", name=a("auto.addStep")).click()
    choose(card, a("auto.step"), a("do.priority").replace("{value}", "…"))
    card.get_by_role("button", name=a("auto.try")).click()
    looked = card.get_by_role("region", name=a("auto.try"))
    expect(looked.get_by_role("status")).to_contain_text(re.compile(r"It would have touched \d+ conversation"))
    keep.click()

    kept = ada.page.get_by_role("listitem", name=called)
    expect(kept).to_contain_text(
        "When the customer writes, if the text contains “teapot lid” or “couvercle”, "
        "then tag “lid” and set the priority to high."
    )
    switch = kept.get_by_role("switch")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()
    expect(ada.notices.filter(has_text=a("auto.switchedOn", name=called))).to_be_visible()

    visitor = Visitor(windows.open(), shop, "en").open_chat()
    visitor.say("The teapot lids I bought are both cracked")
    expect(visitor.answers.last).to_be_visible()

    kept.get_by_role("button", name=a("auto.log")).click()
    log = kept.get_by_role("region", name=a("auto.log"))
    expect(log).to_contain_text("The text contains “teapot lid”")
    log.get_by_role("link").first.click()
    expect(ada.work).to_contain_text("The teapot lids I bought are both cracked")
    expect(ada.page.get_by_text("lid", exact=True).first).to_be_visible()


def test_a_rule_is_changed_within_its_sentence_and_undone(shop: Server, windows: Windows):
    ada = AgentAtWork(windows.open(viewport=PHONE), shop, ADA)
    ada.go("settings/rules")
    card = ada.page.get_by_role("listitem", name="Nobody waits a quarter of an hour")
    expect(card).to_contain_text("15 minutes")
    card.get_by_role("button", name=a("auto.edit")).click()
    span = card.get_by_label(a("auto.time"), exact=True)
    span.fill("20")
    span.press("Enter")
    toast = ada.notices.filter(has_text=a("auto.changed", name="Nobody waits a quarter of an hour"))
    expect(toast).to_be_visible()
    card.get_by_role("button", name=a("auto.done")).click()
    expect(card).to_contain_text("When the customer has waited for 20 minutes")
    toast.get_by_role("button", name=ada.t("common.undo")).click()
    expect(card).to_contain_text("When the customer has waited for 15 minutes")


def test_a_macro_is_looked_at_before_it_is_set_off(shop: Server, windows: Windows):
    ada = AgentAtWork(windows.open(), shop, ADA)
    ada.go("settings/macros")
    card = ada.page.get_by_role("listitem", name="Photos, then wait two days")
    card.get_by_role("button", name=a("auto.preview")).click()
    shown = card.get_by_role("region", name=a("auto.preview"))
    expect(shown.get_by_role("status")).to_contain_text("Reply with /photos-please (can’t be undone)")
    expect(shown.get_by_role("status")).to_contain_text("Snooze for 2 days")


def test_a_canned_answer_says_which_language_is_missing(shop: Server, windows: Windows):
    ada = AgentAtWork(windows.open(), shop, ADA)
    ada.go("settings/canned")
    ada.page.get_by_role("button", name=ada.t("canned.add")).click()
    sheet = ada.page.get_by_role("dialog")
    key = fresh("lid-on-its-way").replace(" ", "-")
    sheet.get_by_label(ada.t("canned.key")).fill(key)
    area = sheet.get_by_role("textbox", name="English")
    area.fill("Dear , your lid is on its way.")
    area.evaluate("area => area.setSelectionRange(5, 5)")
    sheet.get_by_role("button", name=ada.t("field.insert.customer")).click()
    expect(area).to_have_value("Dear {customer}, your lid is on its way.")
    sheet.get_by_role("tab", name=re.compile("^English")).press("ArrowRight")
    french = sheet.get_by_role("tab", name=re.compile("^Français"))
    expect(french).to_be_focused()
    expect(french).to_contain_text(a("auto.missing"))
    sheet.get_by_role("button", name=ada.t("common.save")).click()
    expect(ada.page.get_by_role("listitem").filter(has_text=f"/{key}")).to_contain_text("missing: Français")
