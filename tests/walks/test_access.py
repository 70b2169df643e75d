"""axe-core reads every screen and all that lies over one, light and dark, wide and narrow: nothing may be serious."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import FilePayload, Locator, Page, ViewportSize, expect

from goodword.rig.cast import ADA, NOOR
from goodword.rig.server import Server
from tests.walks.people import DESKTOP, PHONE, STILL, AgentAtWork, Visitor, Windows
from tests.walks.test_conversation_work import picture

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "clients/node_modules/axe-core/axe.min.js"
# Resolves when nothing has been drawn for a while: what a screen fetches by and by has come.
AT_REST = """new Promise((done) => {
  const wait = () => setTimeout(done, 120)
  let timer = wait()
  const drawn = () => (clearTimeout(timer), (timer = wait()))
  new MutationObserver(drawn).observe(document.body, { subtree: true, childList: true })
})"""
LAYER = "[role=dialog], [role=menu], [role=listbox]"
SCREENS = ("inbox/spam", "wall", "wall?big=1", "team", "knowledge?only=en", "knowledge?q=kettle")
ADDRESSES = ("q=kettle", "q=zzzz", "mood=angry,very_upset&priority=high")

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")

themes = pytest.mark.parametrize("theme", THEMES)
sizes = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@themes
@sizes
def test_the_shop_and_the_open_chat(shop: Server, windows: Windows, theme: str, size: ViewportSize):
    visitor = Visitor(windows.open(color_scheme=theme, viewport=size, **STILL), shop, "en")
    assert barriers(visitor.page) == []
    visitor.open_chat()
    visitor.say("How long do I have to return an item?")
    expect(visitor.answers.last).to_contain_text("31 January")
    visitor.ask_for_a_person()
    expect(visitor.log).to_contain_text(visitor.t("notice.handover.asked"))
    assert barriers(visitor.page) == []


def test_every_screen_of_the_workspace(shop: Server, windows: Windows):
    ada = before_the_list(windows, shop, DESKTOP)
    sections = linked(ada, "settings/me", "settings")
    articles = linked(ada, "knowledge?only=en", "knowledge")
    assert len(sections) > 10
    for path in [*SCREENS, *sections, articles[0]]:
        there(ada, path)
        for size in (DESKTOP, PHONE):
            ada.page.set_viewport_size(size)
            assert read(ada) == [], f"{path} at {size['width']}"


@sizes
def test_what_lies_over_the_inbox(shop: Server, windows: Windows, size: ViewportSize):
    ada = before_the_list(windows, shop, size)
    page, press = ada.page, ada.page.keyboard.press
    assert opened(ada, lambda: press("Control+k")) == [], "the palette"
    assert opened(ada, lambda: press("?")) == [], "the keys"
    assert opened(ada, lambda: page.get_by_role("heading", level=1).get_by_role("button").click()) == [], "the views"
    assert opened(ada, lambda: ada.navigation.get_by_role("button").click()) == [], "what one is oneself"
    assert opened(ada, lambda: ada.button("list.filters").click()) == [], "the filters"
    page.get_by_role("searchbox").focus()
    assert read(ada) == [], "what a search may say"
    for address in ADDRESSES:
        there(ada, f"inbox/all?{address}")
        assert read(ada) == [], address
    assert opened(ada, lambda: ada.button("views.save").click()) == [], "a view to be kept"
    there(ada, "inbox/all")
    expect(ada.rows.nth(2)).to_be_visible()
    press("Shift+J")
    press("Shift+J")
    selected = page.get_by_role("region", name=ada.t("bulk.label"))
    expect(selected).to_be_visible()
    assert read(ada) == [], "several selected"
    assert opened(ada, lambda: selected.get_by_role("button", name=ada.t("bulk.more")).click()) == [], "with several"


@sizes
def test_a_conversation_and_what_lies_over_it(shop: Server, windows: Windows, size: ViewportSize):
    ada = before_the_list(windows, shop, size)
    ada.open(busy_conversation(ada))
    expect(ada.said("I will write again")).to_be_visible()
    assert read(ada) == []
    assert opened(ada, lambda: ada.page.keyboard.press("a")) == [], "whom to give it to"
    assert opened(ada, lambda: ada.page.keyboard.press("h")) == [], "until when"
    assert opened(ada, more(ada).click) == [], "what is done less often"
    if size is PHONE:
        assert opened(ada, ada.page.get_by_role("button", name=ada.t("customer.panel"), exact=True).click) == [], (
            "the person"
        )
    ada.page.get_by_role("button", name="Is it lost?").click()
    expect(ada.page.get_by_role("textbox", name=ada.t("thread.reply"))).to_be_visible()
    assert read(ada) == [], "a side thread"
    for item in ("more.colleague", "more.merge", "more.transcript"):
        assert opened(ada, partial(chosen, ada, item)) == [], item
    chosen(ada, "more.split")
    expect(ada.button("split.move")).to_be_visible()
    assert read(ada) == [], "messages to be chosen"


@sizes
def test_what_comes_while_one_writes(shop: Server, windows: Windows, size: ViewportSize):
    ada = before_the_list(windows, shop, size)
    ada.open(busy_conversation(ada))
    for typed in ("/", "{"):
        ada.box.clear()
        assert opened(ada, partial(ada.box.press_sequentially, typed)) == [], typed
    ada.box.fill("I will look into it.")
    assert opened(ada, ada.button("send.more").click) == [], "other ways to send"
    ada.button("send.more").click()
    assert opened(ada, ada.page.get_by_role("menuitem", name=ada.t("send.later")).click) == [], "when to send"
    ada.box.clear()
    ada.box.press_sequentially("/")
    macro = ada.page.get_by_role("option").first
    name = macro.locator("b").inner_text()
    macro.click()
    expect(ada.button("composer.apply", macro=name)).to_be_visible()
    assert read(ada) == [], "a macro about to be done"
    ada.page.get_by_role("radio", name=ada.t("composer.note")).click()
    ada.box.clear()
    assert opened(ada, lambda: ada.box.press_sequentially("@")) == [], "colleagues"
    with ada.page.expect_file_chooser() as chooser:
        ada.button("composer.attach").click()
    cracked: FilePayload = {"name": "crack.png", "mimeType": "image/png", "buffer": picture(60, 40)}
    chooser.value.set_files(cracked)
    expect(ada.page.locator("[data-ready=true]")).to_be_visible()
    ada.reply(f"Look at it at {size['width']}")
    seen = ada.said(f"Look at it at {size['width']}")
    assert opened(ada, seen.get_by_role("button", name="crack.png").last.click) == [], "a picture"


def test_why_the_assistant_said_it(shop: Server, windows: Windows):
    visitor = Visitor(windows.open(**STILL), shop, "en").open_chat()
    visitor.say("How long do I have to return an item?")
    expect(visitor.answers.last).to_contain_text("31 January")
    ada = before_the_list(windows, shop, DESKTOP).open_with("How long do I have to return an item?")
    assert opened(ada, ada.button("bubble.why").first.click) == []


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


def before_the_list(windows: Windows, shop: Server, size: ViewportSize) -> AgentAtWork:
    page = windows.open(viewport=size, has_touch=size is PHONE, **STILL)
    ada = AgentAtWork(page, shop, ADA, "all")
    expect(ada.rows.nth(2)).to_be_visible()
    return ada


def there(ada: AgentAtWork, path: str) -> None:
    ada.go(path)
    expect(ada.navigation).to_be_visible()
    expect(ada.work).to_be_attached()


def linked(ada: AgentAtWork, path: str, place: str) -> list[str]:
    """Where one may go within a place, as it says itself: a new section of the settings is read by itself."""
    there(ada, path)
    links = ada.page.locator(f"a[href*='/{place}/']")
    expect(links.nth(1)).to_be_attached()
    return list(dict.fromkeys(str(link.get_attribute("href")).removeprefix("/workspace/") for link in links.all()))


def busy_conversation(ada: AgentAtWork) -> str:
    """One with a side thread and a reply that goes out later, of somebody who has written before."""
    row = next(row for row in asked(ada, "GET", "conversations?view=all&limit=60")["conversations"] if twice(ada, row))
    path = f"conversations/{row['id']}"
    if not asked(ada, "GET", path)["scheduled"]:
        noor = next(one for one in asked(ada, "GET", "agents")["agents"] if one["name"] == NOOR.name)
        thread = {
            "client_id": f"aside-{row['id']}",
            "title": "Is it lost?",
            "text": "The carrier says nothing.",
            "members": [noor["id"]],
        }
        asked(ada, "POST", f"{path}/side-threads", thread)
        reply = {"client_id": f"later-{row['id']}", "text": "I will write again.", "send_at": in_a_day()}
        asked(ada, "POST", f"{path}/scheduled", {**reply, "attachments": [], "then": None, "only_if_silent": True})
    return str(row["id"])


def twice(ada: AgentAtWork, row: dict[str, Any]) -> bool:
    whole = asked(ada, "GET", f"conversations/{row['id']}")
    return len(whole["customer"]["conversations"]) > 1


def in_a_day() -> int:
    return round(time.time() * 1_000) + 86_400_000


def asked(ada: AgentAtWork, method: str, path: str, data: object = None) -> Any:
    answer = ada.page.request.fetch(f"{ada.url}/api/v1/{path}", method=method, data=data, headers={"Origin": ada.url})
    assert answer.ok, answer.text()
    return answer.json()


def more(ada: AgentAtWork) -> Locator:
    return ada.page.get_by_role("button", name=ada.t("more.label"), exact=True)


def chosen(ada: AgentAtWork, item: str) -> None:
    more(ada).click()
    ada.page.get_by_role("menuitem", name=ada.t(item)).click()
    expect(ada.page.get_by_role("menu")).to_have_count(0)


def opened(ada: AgentAtWork, way: Callable[[], object]) -> list[str]:
    """What is found when a layer has been opened in this way; it is closed again."""
    way()
    layer = ada.page.locator(LAYER)
    expect(layer.first).to_be_visible()
    found = read(ada)
    ada.page.keyboard.press("Escape")
    expect(layer).to_have_count(0)
    return found


def read(ada: AgentAtWork) -> list[str]:
    """What is found in both themes."""
    ada.page.evaluate(AT_REST)
    return [f"{theme} {barrier}" for theme in THEMES for barrier in in_theme(ada.page, theme)]


def in_theme(page: Page, theme: Theme) -> list[str]:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    return barriers(page)


def barriers(page: Page) -> list[str]:
    """What axe calls serious or critical: rule, place and why."""
    # Evaluated and not added as a script: the pages' own policy holds in the walks too.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run({ resultTypes: ['violations'], preload: false }).then((read) => read.violations)")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
