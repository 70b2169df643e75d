"""axe-core reads every screen, light and dark, and may find nothing that is serious."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from goodword.rig.cast import ADA
from goodword.rig.server import Server
from tests.walks.people import DESKTOP, PHONE, AgentAtWork, Visitor, Windows

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "clients/node_modules/axe-core/axe.min.js"
# A page's colours fade in and out for 120 ms; axe must not read them halfway.
STILL: dict[str, Any] = {"reduced_motion": "reduce"}

themes = pytest.mark.parametrize("theme", ["light", "dark"])


@themes
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_shop_and_the_open_chat(shop: Server, windows: Windows, theme: str, viewport: dict[str, int]):
    visitor = Visitor(windows.open(color_scheme=theme, viewport=viewport, **STILL), shop, "en")
    assert barriers(visitor.page) == []
    visitor.open_chat()
    visitor.say("How long do I have to return an item?")
    expect(visitor.answers.last).to_contain_text("31 January")
    visitor.ask_for_a_person()
    expect(visitor.log).to_contain_text(visitor.t("notice.handover.asked"))
    assert barriers(visitor.page) == []


@themes
def test_the_workspace(shop: Server, windows: Windows, theme: str):
    ada = AgentAtWork(windows.open(color_scheme=theme, **STILL), shop, ADA, "all")
    expect(ada.rows.nth(2)).to_be_visible()
    assert barriers(ada.page) == []
    ada.rows.nth(1).click()
    expect(ada.timeline.get_by_role("article").first).to_be_visible()
    assert barriers(ada.page) == []
    ada.button("deed.assign").click()
    expect(ada.page.get_by_role("menu")).to_be_visible()
    assert barriers(ada.page) == []
    for path, sign in {
        "knowledge": ada.page.get_by_role("listitem"),
        "team": ada.page.get_by_text(ADA.email),
        "settings/me": ada.page.get_by_label(ada.t("settings.theme")),
        "settings/canned": ada.page.get_by_role("listitem"),
        "settings/channels": ada.page.get_by_text("Shop chat"),
        "settings/tokens": ada.page.get_by_label(ada.t("tokens.name")),
    }.items():
        ada.go(path)
        expect(sign.first).to_be_visible()
        assert barriers(ada.page) == [], path
    ada.go("settings/channels")
    ada.button("channels.editOf", name="Shop chat").click()
    expect(ada.page.get_by_role("dialog")).to_be_visible()
    assert barriers(ada.page) == []


@themes
def test_the_workspace_on_a_phone(shop: Server, windows: Windows, theme: str):
    ada = AgentAtWork(windows.open(color_scheme=theme, viewport=PHONE, has_touch=True, **STILL), shop, ADA, "all")
    expect(ada.rows.nth(2)).to_be_visible()
    assert barriers(ada.page) == []
    ada.rows.first.click()
    expect(ada.box).to_be_visible()
    assert barriers(ada.page) == []


@themes
def test_the_door_and_the_help_centre(shop: Server, windows: Windows, theme: str):
    page = windows.open(color_scheme=theme, **STILL)
    page.goto(f"{shop.url}/workspace/")
    expect(page.get_by_role("textbox").first).to_be_visible()
    assert barriers(page) == []
    for path in (
        "/help/en/",
        "/help/ko/articles/kettle-descaling",
        "/help/fr/search?q=bouilloire",
        "/help/zh-Hant/articles/no",
    ):
        page.goto(shop.url + path)
        assert barriers(page) == [], path


def barriers(page: Page) -> list[str]:
    """What axe calls serious or critical: rule, place and why."""
    # Evaluated and not added as a script: the pages' own policy holds in the walks too.
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
