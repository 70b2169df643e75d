"""From the shop to the desk and back: what visitors and agents see of each other."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from goodword.platform.i18n import text
from goodword.rig.cast import ADA, JUN, LI_NA, NOOR, THEO, CastAgent
from goodword.rig.server import Server
from tests.walks.people import PHONE, AgentAtWork, Visitor, Windows

pytestmark = pytest.mark.browser

# What is asked, a word that the right answer holds, how one asks for a person, and who answers in that language.
LANGUAGES = [
    ("en", "How long do I have to return an item?", "31 January", "Can I talk to a human please?", NOOR),
    ("ko", "주전자 물때는 어떻게 제거하나요?", "물때", "상담원 연결해 주세요", JUN),
    ("zh-Hans", "退货期限是多久？", "30 天", "转人工", LI_NA),
    ("zh-Hant", "退貨期限是多久？", "30 天", "我要找真人客服", LI_NA),
]


def test_a_french_visitor_is_answered_from_knowledge_and_then_by_theo(shop: Server, windows: Windows):
    theo = AgentAtWork(windows.open(), shop, THEO)
    camille = Visitor(windows.open(locale="fr-FR"), shop, "fr").open_chat()

    camille.say("Combien de temps ai-je pour retourner un article ?")
    expect(camille.answers.last).to_contain_text("31 janvier")
    expect(camille.answers.last.get_by_role("link")).to_have_attribute("href", re.compile("/help/fr/articles/"))
    camille.ask_for_a_person()
    expect(camille.log).to_contain_text(camille.t("notice.handover.asked"))
    expect(
        camille.chat.get_by_text(re.compile(r"\d"), exact=False).and_(camille.chat.locator("footer p"))
    ).to_be_visible()

    theo.open_with("Combien de temps ai-je pour retourner un article ?")
    theo.button("deed.takeOver").click()
    expect(camille.log).to_contain_text(camille.t("notice.joined", name=THEO.name))
    expect(theo.timeline).to_contain_text("Combien de temps ai-je pour retourner un article ?")
    expect(theo.page.get_by_role("region", name=theo.t("handover.label"))).to_contain_text(
        theo.t("notice.handover.asked")
    )
    expect(camille.own.last).to_contain_text(camille.t("message.read"))

    theo.box.press_sequentially("Bonjour")
    expect(camille.log).to_contain_text(camille.t("typing.on", name=THEO.name))
    theo.reply("Bonjour Camille, quel article souhaitez-vous retourner ?")
    expect(camille.from_people).to_have_count(1)
    expect(camille.from_people).to_contain_text("Bonjour Camille, quel article souhaitez-vous retourner ?")
    expect(theo.said("quel article souhaitez-vous")).to_contain_text(theo.t("delivery.read"))

    camille.box.press_sequentially("La bou")
    writing = theo.work.get_by_text(theo.t("presence.typing", name=theo.t("customer.anonymous")))
    expect(writing).to_be_visible()
    camille.say("La bouilloire, s’il vous plaît")
    expect(theo.said("La bouilloire, s’il vous plaît")).to_have_count(1)
    expect(writing).to_have_count(0)

    before = camille.said()
    camille.page.reload()
    expect(camille.from_people).to_have_count(1)
    expect(camille.own.locator(".text")).to_have_text(before)
    assert before[0] == "Combien de temps ai-je pour retourner un article ?"
    assert before[-1] == "La bouilloire, s’il vous plaît"
    assert len(set(before)) == len(before) == 3


@pytest.mark.parametrize(("language", "question", "word", "wish", "agent"), LANGUAGES)
def test_a_visitor_is_answered_in_his_language_and_handed_over_on_his_word(
    shop: Server, windows: Windows, language: str, question: str, word: str, wish: str, agent: CastAgent
):
    visitor = Visitor(windows.open(), shop, language).open_chat()
    visitor.say(question)
    expect(visitor.answers.last).to_contain_text(word)
    expect(visitor.answers.last.locator(".text")).to_have_attribute("lang", language)
    expect(visitor.answers.last).to_contain_text(visitor.t("message.sources"))
    visitor.say(wish)
    expect(visitor.log).to_contain_text(visitor.t("notice.handover.asked"))

    desk = AgentAtWork(windows.open(), shop, agent).open_with(wish)
    handover = desk.page.get_by_role("region", name=desk.t("handover.label"))
    expect(handover).to_contain_text(desk.t("notice.handover.asked"))
    expect(handover).to_contain_text(question)

    desk.timeline.get_by_role("button", name=desk.t("bubble.why")).first.click()
    why = desk.page.get_by_role("dialog")
    expect(why).to_contain_text(desk.t("trace.title"))
    expect(why).to_contain_text(desk.t("decision.answer"))
    expect(why).to_contain_text(desk.t("trace.used"))
    expect(why.locator(f"[data-used=true] p[lang={language}]").filter(has_text=word)).not_to_have_count(0)


def test_a_signed_in_customer_finds_his_conversations_and_a_stranger_after_him_does_not(shop: Server, windows: Windows):
    page = windows.open()
    gus = Visitor(page, shop, "en", "gus").open_chat()
    gus.say("Do you ship replacement handles?")
    expect(gus.answers.last).to_be_visible()
    page.goto(f"{shop.url}/shop/?lang=en")
    expect(gus.chat.get_by_role("button")).not_to_have_count(0)
    stranger = Visitor(page, shop, "en").have_it_open()
    expect(stranger.chat.get_by_text(stranger.t("intro.assistant", name="Sage"))).to_be_visible()
    expect(stranger.own).to_have_count(0)
    Visitor(page, shop, "en", "gus").have_it_open()
    expect(gus.own.filter(has_text="Do you ship replacement handles?")).to_have_count(1)


def test_the_page_may_forget_its_user(shop: Server, windows: Windows):
    visitor = Visitor(windows.open(), shop, "en").open_chat()
    visitor.say("Do you ship to Hamburg?")
    expect(visitor.answers.last).to_be_visible()
    visitor.page.evaluate("goodword.forget()")
    expect(visitor.chat.get_by_role("dialog")).to_have_count(0)
    assert visitor.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('goodword.'))") == []
    visitor.open_chat()
    expect(visitor.chat.get_by_text(visitor.t("intro.assistant", name="Sage"))).to_be_visible()
    expect(visitor.own).to_have_count(0)


def test_a_picture_is_shown_on_both_sides_and_a_hostile_file_is_refused_with_a_sentence(
    shop: Server, windows: Windows, tmp_path
):
    visitor = Visitor(windows.open(), shop, "en").open_chat()
    picture, trap = tmp_path / "cracked-lid.png", tmp_path / "invoice.pdf"
    picture.write_bytes(visitor.page.screenshot(clip={"x": 0, "y": 0, "width": 64, "height": 64}))
    trap.write_bytes(b"MZ\x90\x00 this is a program and no invoice")

    def attach(file: Path) -> None:
        with visitor.page.expect_file_chooser() as asked:
            visitor.chat.get_by_role("button", name=visitor.t("composer.attach")).click()
        asked.value.set_files(file)

    attach(trap)
    expect(
        visitor.chat.get_by_role("alert").filter(
            has_text=text("en", "errors.wrong_type.file_content", name="invoice.pdf")
        )
    ).to_be_visible()
    expect(visitor.chat.get_by_role("button", name=visitor.t("composer.send"))).to_have_attribute(
        "aria-disabled", "true"
    )
    visitor.chat.get_by_role("button", name=visitor.t("file.remove", name="invoice.pdf")).click()

    attach(picture)
    expect(visitor.chat.get_by_role("button", name=visitor.t("composer.send"))).to_have_attribute(
        "aria-disabled", "false"
    )
    visitor.say("The lid came cracked")
    expect(visitor.own.get_by_role("img")).to_have_attribute("alt", "cracked-lid.png")
    assert visitor.own.get_by_role("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 64

    ada = AgentAtWork(windows.open(), shop, ADA).open_with("The lid came cracked")
    seen = ada.timeline.get_by_role("img", name="cracked-lid.png")
    assert seen.evaluate("image => image.decode().then(() => image.naturalWidth)") == 64


def test_when_nobody_is_there_the_visitor_leaves_an_address_and_an_agent_finds_it_later(
    demo_server: Server, windows: Windows
):
    visitor = Visitor(windows.open(viewport=PHONE, has_touch=True, is_mobile=True), demo_server, "zh-Hant").open_chat()
    visitor.say("我要找真人客服")
    expect(visitor.chat.get_by_role("heading", name=visitor.t("contact.title"))).to_be_visible()
    address = visitor.chat.get_by_label(visitor.t("contact.email"))
    address.fill("yichen@")
    visitor.chat.get_by_role("button", name=visitor.t("contact.save")).click()
    expect(visitor.chat.get_by_text(visitor.t("contact.invalid"))).to_be_visible()
    address.fill("yichen@customers.example")
    visitor.chat.get_by_role("button", name=visitor.t("contact.save")).click()
    expect(visitor.chat.get_by_text(visitor.t("contact.thanks", email="yichen@customers.example"))).to_be_visible()

    li = AgentAtWork(windows.open(), demo_server, LI_NA).open_with("我要找真人客服")
    expect(li.timeline).to_contain_text("我要找真人客服")
    expect(li.page.get_by_text("yichen@customers.example").first).to_be_visible()
    li.reply("您好，我是李娜，請問有什麼可以幫您？")
    expect(visitor.from_people).to_contain_text("請問有什麼可以幫您")
    expect(visitor.chat.get_by_role("heading", name=visitor.t("contact.title"))).not_to_be_visible()
