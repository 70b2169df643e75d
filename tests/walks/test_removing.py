"""A message that must not stand there is taken out of the conversation, before everyone's eyes."""

import re

import pytest
from playwright.sync_api import Locator, expect

from goodword.rig.cast import ADA, NOOR
from goodword.rig.server import Server
from tests.walks.people import AgentAtWork, Windows
from tests.walks.test_conversation_work import ask, heard, id_of, undo

pytestmark = pytest.mark.browser
SECRET = "thyme-4929-kettle"
SAYS = f"My password is {SECRET}"
# Longer than the time in which it can be undone.
GONE = 20_000


def remove(agent: AgentAtWork, bubble: Locator, *, by_keys: bool = False) -> None:
    button = bubble.get_by_role("button", name=agent.t("bubble.more"))
    item = agent.page.get_by_role("menuitem", name=agent.t("bubble.remove"))
    if by_keys:
        button.focus()
        button.press("Enter")
        expect(item).to_be_focused()
        item.press("Enter")
    else:
        bubble.hover()
        button.click()
        item.click()


def test_a_password_goes_from_everybodys_screen_and_from_the_search(windows: Windows, shop: Server):
    dana, ada = heard(windows, shop, ADA, "Hello, I can't sign in", SAYS)
    noor = AgentAtWork(windows.open(), shop, NOOR).open(id_of(ada))
    said = ada.said(SECRET)
    removed = ada.timeline.get_by_text(ada.t("bubble.removedByYou"))

    remove(ada, said)
    expect(removed).to_be_visible()
    expect(said).to_have_count(0)
    undo(ada.page)
    expect(said).to_be_visible()
    expect(noor.said(SECRET)).to_be_visible()

    remove(ada, said, by_keys=True)
    expect(noor.timeline.get_by_text(re.compile(noor.t("bubble.removed", name="Ada Silva")))).to_be_visible(
        timeout=GONE
    )
    expect(noor.said(SECRET)).to_have_count(0)
    expect(dana.log.get_by_text(dana.t("message.removed"))).to_be_visible()
    assert SECRET not in str(dana.said())
    assert ask(ada, "GET", f"search?q={SECRET}")["results"] == []

    dana.page.reload()
    dana.have_it_open()
    expect(dana.log.get_by_text(dana.t("message.removed"))).to_be_visible()
    ada.page.reload()
    expect(removed).to_be_visible()
    assert SECRET not in ada.page.content()
    assert SECRET not in dana.page.content()


def test_who_leaves_the_page_has_meant_it(windows: Windows, shop: Server):
    dana, ada = heard(windows, shop, ADA, "Hello")
    ada.reply(f"Your new password is {SECRET}")
    expect(dana.from_people.last).to_contain_text(SECRET)
    here = id_of(ada)
    remove(ada, ada.said(SECRET))
    expect(ada.said(SECRET)).to_have_count(0)
    ada.go("inbox/mine")
    expect(dana.log.get_by_text(dana.t("message.removed"))).to_be_visible(timeout=5_000)
    ada.open(here)
    expect(ada.timeline.get_by_text(ada.t("bubble.removedByYou"))).to_be_visible()


def test_an_agent_takes_back_his_own_words_and_nobody_elses(windows: Windows, shop: Server):
    _, ada = heard(windows, shop, ADA, "Hello from here")
    ada.reply("Please wait")
    expect(ada.said("Please wait")).to_be_visible()
    page = ada.page
    page.route(
        "**/api/v1/me",
        lambda route: route.fulfill(
            json={**(me := route.fetch().json()), "rights": [one for one in me["rights"] if "remove" not in one]}
        ),
    )
    page.reload()
    more = ada.t("bubble.more")
    expect(ada.said("Please wait").get_by_role("button", name=more)).to_have_count(1)
    expect(ada.said("Hello from here").get_by_role("button", name=more)).to_have_count(0)
