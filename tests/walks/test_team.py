"""Noor plans the week by keyboard; what lies with Théo when he goes finds her by itself."""

import pytest
from playwright.sync_api import Page, expect

from goodword.rig.cast import ADA, JUN, NOOR, PASSWORD, THEO, CastAgent
from goodword.rig.server import Server
from tests.walks.people import AgentAtWork, Visitor, Windows

pytestmark = pytest.mark.browser


def tab_to(page: Page, name: str) -> None:
    """From where the focus is, by Tab alone, to the control of this name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.getAttribute('aria-label')") == name:
            return
    raise AssertionError(f"no way by keyboard to {name}")


def test_a_week_is_planned_without_a_mouse(windows: Windows, shop: Server) -> None:
    noor = AgentAtWork(windows.open(), shop, NOOR)
    noor.go("team")
    page, monday = noor.page, "Monday"
    expect(noor.button("duty.of", name=JUN.name)).to_be_visible()
    tab_to(page, noor.t("duty.of", name=JUN.name))
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("group", name=monday)).to_be_visible()
    tab_to(page, f"{monday}: {noor.t('shifts.start')}")
    page.keyboard.type("0900AM")
    tab_to(page, f"{monday}: {noor.t('shifts.end')}")
    page.keyboard.type("1130AM")
    page.keyboard.press("Enter")
    tab_to(page, noor.t("shifts.copyOf", day=monday))
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Enter")
    friday = sheet.get_by_role("group", name="Friday")
    expect(friday.get_by_label(noor.t("shifts.start"))).to_have_value("09:00")
    expect(sheet.get_by_role("group", name="Saturday").get_by_label(noor.t("shifts.end"))).to_have_value("00:00")
    expect(noor.notices.get_by_text(noor.t("team.changed", name=JUN.name)).first).to_be_visible()
    expect(sheet.get_by_text(noor.t("shifts.hours.other", count="60.5"))).to_be_visible()
    noor.go("team")
    noor.button("duty.of", name=JUN.name).click()
    expect(friday.get_by_label(noor.t("shifts.end"))).to_have_value("11:30")


def test_when_theo_goes_his_waiting_conversation_is_noors_and_everybody_sees_it(windows: Windows, shop: Server) -> None:
    for agent in (THEO, NOOR):
        takes_twenty(windows.open(), shop, agent)
    theo = AgentAtWork(windows.open(), shop, THEO)
    visitor = Visitor(windows.open(), shop, "en").open_chat()
    visitor.say("Can I talk to a human please? My kettle whistles at night.")
    id = theo.found("My kettle whistles at night")
    expect(theo.page.locator(f"a[data-mood][href*='{id}']")).to_be_visible()
    noor = AgentAtWork(windows.open(), shop, NOOR)
    noor.go("settings/routing")
    minutes = noor.page.get_by_role("spinbutton", name=noor.t("routing.goneNewLabel"))
    minutes.fill("0")
    minutes.press("Enter")
    expect(minutes).to_have_value("0")
    expect(noor.notices.get_by_text(noor.t("routing.changed"))).to_be_visible()
    noor.notices.get_by_role("button", name=noor.t("common.undo")).click()
    expect(minutes).to_have_value("1")
    minutes.fill("0")
    minutes.press("Enter")
    expect(minutes).to_have_value("0")
    noor.go("inbox/mine")
    expect(noor.navigation).to_be_visible()
    row = noor.page.locator(f"a[data-mood][href*='{id}']")
    expect(row).to_have_count(0)
    theo.page.get_by_role("button", name=theo.t("availability.change", name=THEO.name)).click()
    theo.page.get_by_role("menuitem", name=theo.t("availability.away")).click()
    expect(row).to_be_visible()
    row.click()
    returned = noor.t("notice.returned", name=NOOR.name, previous=THEO.name)
    expect(noor.timeline.get_by_text(returned)).to_be_visible()
    noor.reply("Good evening, let us see.")
    expect(visitor.from_people).to_have_count(1)
    theo.go("inbox/mine")
    expect(theo.rows.first).to_be_visible()
    expect(theo.page.locator(f"a[data-mood][href*='{id}']")).to_have_count(0)
    theo.page.get_by_role("button", name=theo.t("availability.change", name=THEO.name)).click()
    theo.page.get_by_role("menuitem", name=theo.t("availability.available"), exact=True).click()
    noor.go("settings/routing")
    minutes.fill("1")
    minutes.press("Enter")
    expect(noor.notices.get_by_text(noor.t("routing.changed"))).to_be_visible()


def takes_twenty(page: Page, shop: Server, agent: CastAgent) -> None:
    """Whatever the demo's queue has given him, there is room for more."""
    signed_in = {"email": ADA.email, "password": PASSWORD}
    assert page.request.post(f"{shop.url}/api/v1/session", data=signed_in).ok
    agents = page.request.get(f"{shop.url}/api/v1/agents").json()["agents"]
    id = next(one["id"] for one in agents if one["email"] == agent.email)
    changed = page.request.patch(f"{shop.url}/api/v1/agents/{id}", data={"max_load": 20}, headers={"Origin": shop.url})
    assert changed.ok, changed.text()
