"""Noor watches over the desk; Li is offered a pause."""

import pytest
from playwright.sync_api import expect

from goodword.rig.cast import LI_NA, NOOR
from goodword.rig.server import Server
from tests.walks.people import AgentAtWork, Visitor, Windows

pytestmark = pytest.mark.browser


def insulted(windows: Windows, shop: Server, words: str) -> tuple[Visitor, AgentAtWork]:
    """Somebody unknown insults Li, who has taken the conversation."""
    visitor = Visitor(windows.open(), shop, "en").open_chat()
    visitor.say("Where is my kettle? Order FO-1")
    li = AgentAtWork(windows.open(), shop, LI_NA).open_with("Where is my kettle? Order FO-1")
    li.reply("Let me look.")
    expect(visitor.from_people).to_have_count(1)
    visitor.say(words)
    expect(li.said(words)).to_be_visible()
    return visitor, li


def test_a_whisper_reaches_the_agent_alone(windows: Windows, shop: Server) -> None:
    visitor, li = insulted(windows, shop, "You are an idiot, I want my money")
    noor = AgentAtWork(windows.open(), shop, NOOR)
    noor.go("wall")
    need = noor.page.get_by_role("listitem").filter(has_text="You are an idiot, I want my money")
    expect(need).to_be_visible()
    need.get_by_role("button", name=noor.t("wall.whisper")).click()
    need.get_by_role("textbox").fill("Stay calm, you may offer a refund.")
    need.get_by_role("button", name=noor.t("wall.whisper")).last.click()
    expect(li.timeline.get_by_text("Stay calm, you may offer a refund.")).to_be_visible()
    expect(visitor.log.get_by_text("Stay calm")).to_have_count(0)
    colleague = AgentAtWork(windows.open(), shop, NOOR)
    colleague.go("wall?big=1")
    expect(colleague.page.get_by_role("heading", name=noor.t("wall.title"))).to_be_visible()
    expect(colleague.page.get_by_text(LI_NA.name)).to_have_count(0)


def test_a_pause_is_offered_taken_and_ended(windows: Windows, shop: Server) -> None:
    _, li = insulted(windows, shop, "Are you stupid? I know where you live")
    li.page.keyboard.press("Escape")
    li.timeline.click()
    li.page.keyboard.press("e")
    offer = li.page.get_by_text(li.t("pause.offered"))
    expect(offer).to_be_visible()
    li.button("pause.take", minutes=10).click()
    expect(offer).to_have_count(0)
    li.button("pause.end").click()
    expect(li.button("pause.end")).to_have_count(0)
