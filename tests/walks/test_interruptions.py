"""The line is cut and the power goes, in the middle of a conversation: nothing is lost, nothing comes twice."""

import re

import pytest
from playwright.sync_api import expect

from goodword.rig.cast import THEO
from goodword.rig.server import Server
from tests.walks.people import AgentAtWork, Visitor, Windows

pytestmark = [pytest.mark.browser, pytest.mark.fault]


def test_what_is_written_without_a_line_is_sent_once_and_in_order_when_it_is_back(shop: Server, windows: Windows):
    gus = Visitor(windows.open(), shop, "en").open_chat()
    gus.say("Hello")
    expect(gus.answers).to_have_count(1)
    gus.page.context.set_offline(True)
    expect(gus.chat.get_by_text(gus.t("line.offline"))).to_be_visible()
    gus.say("First, the lid is loose.")
    gus.say("Second, the handle is cold.")
    expect(gus.own.last).to_contain_text(gus.t("message.waiting"))
    gus.page.context.set_offline(False)
    expect(gus.own.last).to_contain_text(gus.t("message.sent"))
    expect(gus.chat.get_by_text(gus.t("line.offline"))).not_to_be_visible()

    theo = AgentAtWork(windows.open(), shop, THEO).open_with("Second, the handle is cold.")
    expect(theo.said("Second, the handle is cold.")).to_have_count(1)
    both = theo.timeline.get_by_role("article").filter(has_text=re.compile("the lid|the handle"))
    expect(both).to_have_text([re.compile("the lid"), re.compile("the handle")])


def test_an_agent_goes_on_writing_without_a_line(shop: Server, windows: Windows):
    gus = Visitor(windows.open(), shop, "en").open_chat()
    gus.say("Could a person call me back?")
    expect(gus.answers.last).to_be_visible()
    theo = AgentAtWork(windows.open(), shop, THEO).open_with("Could a person call me back?")
    theo.reply("Gladly.")
    expect(gus.from_people).to_have_count(1)
    theo.page.context.set_offline(True)
    theo.reply("At which number?")
    theo.reply("And when?")
    expect(theo.said("At which number?")).to_contain_text(theo.t("outbox.waiting"))
    theo.page.context.set_offline(False)
    expect(gus.from_people).to_have_count(3)
    expect(gus.from_people.locator(".text")).to_have_text(["Gladly.", "At which number?", "And when?"])
    expect(theo.said("And when?")).to_have_count(1)


def test_both_sides_come_back_by_themselves_after_the_power_went(demo_server: Server, windows: Windows):
    camille = Visitor(windows.open(), demo_server, "fr").open_chat()
    camille.say("Je voudrais parler à un conseiller")
    expect(camille.log).to_contain_text(camille.t("notice.handover.asked"))
    theo = AgentAtWork(windows.open(), demo_server, THEO).open_with("Je voudrais parler à un conseiller")
    theo.reply("Bonjour, je vous écoute.")
    expect(camille.from_people).to_have_count(1)

    demo_server.kill()
    expect(camille.chat.get_by_text(camille.t("line.again"))).to_be_visible()
    camille.say("Mon colis est arrivé ouvert.")
    theo.reply("Êtes-vous encore là ?")
    expect(theo.said("Êtes-vous encore là ?")).to_contain_text(theo.t("outbox.waiting"))
    demo_server.start()

    expect(camille.from_people).to_have_count(2)
    expect(theo.said("Mon colis est arrivé ouvert.")).to_have_count(1)
    expect(camille.chat.get_by_text(camille.t("line.again"))).not_to_be_visible()
    theo.reply("Le colis était-il abîmé ?")
    expect(camille.from_people).to_have_count(3)
    expect(camille.own.locator(".text")).to_have_text(
        ["Je voudrais parler à un conseiller", "Mon colis est arrivé ouvert."]
    )
    said = ["Bonjour, je vous écoute.", "Êtes-vous encore là ?", "Le colis était-il abîmé ?"]
    expect(camille.from_people.locator(".text")).to_have_text(said)
    for words in said:
        expect(theo.said(words)).to_have_count(1)
