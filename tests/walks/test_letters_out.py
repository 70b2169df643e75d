"""Letters that agents address: to more than the usual recipients, to somebody else, and the first of a conversation."""

import email
import re
from email.message import EmailMessage
from email.policy import default

import pytest
from playwright.sync_api import Locator, expect

from goodword.platform.i18n import text
from goodword.rig.cast import ADA
from goodword.rig.server import Server
from tests.walks.mailroom import Mailbox, ask
from tests.walks.people import PHONE, STILL, AgentAtWork, Windows
from tests.walks.test_access import read
from tests.walks.test_letters import conversation_of

pytestmark = pytest.mark.browser

DANA, GUS, YUNA = "dana@letters.example", "gus@letters.example", "yuna@letters.example"
LETTER = f"""From: Dana Evans <{DANA}>
To: Fennel & Oak <help@fennel-oak.example>
Subject: {{subject}}
Message-ID: <{{subject}}@letters.example>
Authentication-Results: mx.fennel-oak.example; spf=pass; dkim=pass; dmarc=pass header.from=letters.example

The lid leaks since Monday.
"""


def words(name: str, /, **facts: object) -> str:
    return text("en", f"mailbox.{name}", **facts)


def composer(ada: AgentAtWork) -> Locator:
    return ada.page.locator("form[data-kind]")


def sheet(ada: AgentAtWork) -> Locator:
    return ada.page.get_by_role("dialog")


def field(place: Locator, name: str) -> Locator:
    return place.get_by_role("combobox", name=words(f"letter.{name}"), exact=True)


def chips(place: Locator, name: str) -> Locator:
    return place.get_by_role("grid", name=words(f"letter.{name}"), exact=True).get_by_role("row")


def usual_line(ada: AgentAtWork) -> Locator:
    """The line that says to whom the reply goes, where nobody changes it."""
    return composer(ada).get_by_role("button", name=re.compile(f"^{words('letter.to')}: "))


def left(mailbox: Mailbox, said: str) -> tuple[EmailMessage, tuple[str, ...]]:
    """The mail with these words and the addresses on its envelope."""
    [*_, taken] = [one for one in mailbox.relay.taken if said in body_of(parsed(one.raw))]
    return parsed(taken.raw), taken.recipients


def parsed(raw: bytes) -> EmailMessage:
    mail = email.message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def body_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return body.get_content() if body else ""


def sent(ada: AgentAtWork, said: str) -> Locator:
    """The bubble with these words, once another server has taken them."""
    bubble = ada.said(said)
    expect(bubble.get_by_role("button", name=ada.t("delivery.sent"))).to_be_visible()
    return bubble


def test_whoever_is_added_to_a_reply_gets_it_and_the_next_one(ada: AgentAtWork, mailbox: Mailbox):
    ada.open(conversation_of(ada, mailbox.takes(LETTER.format(subject="Added"))))
    expect(usual_line(ada)).to_contain_text(f"Dana Evans <{DANA}>")
    ada.page.locator("body").press("l")
    form = composer(ada)
    cc = field(form, "cc")
    expect(cc).to_be_focused()
    cc.press_sequentially("nobody,")
    expect(chips(form, "cc")).to_contain_text(words("letter.fault.none"))
    ada.box.fill("A new lid is on its way.")
    send = form.get_by_role("button", name=ada.t("composer.sendTo", name="Dana"))
    expect(send).to_be_disabled()
    assert read(ada) == []
    cc.press("Backspace")
    expect(chips(form, "cc")).to_have_count(0)
    cc.press_sequentially(f"Yuna Park <{YUNA}>,")
    field(form, "bcc").fill(GUS)
    field(form, "bcc").press("Enter")
    expect(chips(form, "bcc")).to_have_text([GUS])
    assert read(ada) == []
    expect(send).to_be_enabled()
    ada.box.press("Control+Enter")

    bubble = sent(ada, "A new lid is on its way.")
    bubble.get_by_role("button", name=words("letter.toFirst", name="Dana Evans")).click()
    expect(bubble).to_contain_text(f"Yuna Park <{YUNA}>")
    expect(bubble).to_contain_text(GUS)
    mail, envelope = left(mailbox, "A new lid is on its way.")
    assert set(envelope) == {DANA, YUNA, GUS}
    assert YUNA in str(mail["Cc"])
    assert GUS not in str(mail)
    expect(usual_line(ada)).to_contain_text(f"{words('letter.cc')}: Yuna Park <{YUNA}>")
    expect(usual_line(ada)).not_to_contain_text(GUS)


def test_what_was_changed_stays_with_the_draft_until_it_is_as_usual_again(ada: AgentAtWork, mailbox: Mailbox):
    id = conversation_of(ada, mailbox.takes(LETTER.format(subject="Changed")))
    ada.open(id)
    usual_line(ada).click()
    field(composer(ada), "to").press_sequentially(f"{GUS};")
    composer(ada).get_by_label(words("letter.subject")).fill("About your lid")
    ada.open(id)
    expect(usual_line(ada)).to_contain_text(GUS)
    expect(usual_line(ada)).to_contain_text("About your lid")
    usual_line(ada).click()
    composer(ada).get_by_role("button", name=words("letter.usual")).click()
    expect(usual_line(ada)).to_have_text(f"{words('letter.to')}: Dana Evans <{DANA}>")


def test_a_letter_is_passed_on_and_answers_nobody(ada: AgentAtWork, mailbox: Mailbox):
    ada.open(conversation_of(ada, mailbox.takes(LETTER.format(subject="Passed on"))))
    ada.said("The lid leaks since Monday.").get_by_role("button", name=words("letter.forward"), exact=True).click()
    form = composer(ada)
    expect(form).to_have_attribute("data-kind", "forward")
    to = field(form, "to")
    expect(to).to_be_focused()
    expect(form.get_by_role("region", name=words("letter.passedOn"))).to_contain_text("The lid leaks since Monday.")
    expect(form.get_by_role("button", name=ada.t("composer.forward"), exact=True)).to_be_disabled()
    assert read(ada) == []
    to.press_sequentially(f"Gus Brandt <{GUS}>,")
    expect(form.get_by_role("button", name=ada.t("composer.forwardTo", name="Gus"))).to_be_enabled()
    ada.box.fill("Have you seen this before?")
    ada.box.press("Control+Enter")

    bubble = sent(ada, "Have you seen this before?")
    expect(bubble).to_contain_text(ada.t("bubble.forwarded", name="Gus"))
    assert read(ada) == []
    expect(form).to_have_attribute("data-kind", "reply")
    expect(usual_line(ada)).to_have_text(f"{words('letter.to')}: Dana Evans <{DANA}>")
    mail, envelope = left(mailbox, "Have you seen this before?")
    assert envelope == (GUS,)
    assert "The lid leaks since Monday." in body_of(mail)
    assert str(mail["Subject"]).startswith("Fwd: Passed on")


def test_what_goes_along_can_be_dropped_and_forwarding_given_up(ada: AgentAtWork, mailbox: Mailbox):
    ada.open(conversation_of(ada, mailbox.takes(LETTER.format(subject="Dropped"))))
    expect(usual_line(ada)).to_be_visible()
    ada.page.locator("body").press("f")
    form = composer(ada)
    expect(form).to_have_attribute("data-kind", "forward")
    field(form, "to").press_sequentially(f"{GUS},")
    form.get_by_role("button", name=words("letter.withoutIt")).click()
    expect(form).to_have_attribute("data-kind", "reply")
    expect(form.get_by_role("button", name=ada.t("composer.sendTo", name=GUS))).to_be_visible()
    ada.said("The lid leaks since Monday.").get_by_role("button", name=words("letter.forward"), exact=True).click()
    form.get_by_role("button", name=words("letter.dontForward")).click()
    expect(usual_line(ada)).to_have_text(f"{words('letter.to')}: Dana Evans <{DANA}>")


def test_a_conversation_is_begun_and_open_at_once(ada: AgentAtWork, mailbox: Mailbox):
    expect(ada.button("key.newConversation")).to_be_visible()
    ada.page.locator("body").press("c")
    to = field(sheet(ada), "to")
    expect(to).to_be_focused()
    assert read(ada) == []
    to.press_sequentially(f"Kim Min-jun <minjun@letters.example>, {GUS},")
    expect(chips(sheet(ada), "to")).to_have_count(2)
    sheet(ada).get_by_label(words("letter.subject")).fill("Your kettle is repaired")
    message = sheet(ada).get_by_label(words("begin.text"), exact=True)
    message.fill("You can come by any day.")
    ada.page.keyboard.press("Escape")
    expect(sheet(ada)).to_have_count(0)
    ada.button("key.newConversation").click()
    expect(message).to_have_value("You can come by any day.")
    assert read(ada) == []
    message.press("Control+Enter")

    sent(ada, "You can come by any day.")
    expect(ada.page).to_have_url(re.compile("/inbox/all/cnv_"))
    expect(ada.page.get_by_role("heading", name="Your kettle is repaired")).to_be_visible()
    mail, envelope = left(mailbox, "You can come by any day.")
    assert set(envelope) == {"minjun@letters.example", GUS}
    assert str(mail["Subject"]).startswith("Your kettle is repaired")

    ada.button("customer.write", name="Kim").click()
    expect(chips(sheet(ada), "to")).to_have_text(["Kim Min-jun"])
    expect(sheet(ada).get_by_label(words("letter.subject"))).to_have_value("")


def test_without_a_network_it_waits_and_what_is_refused_comes_back(ada: AgentAtWork, mailbox: Mailbox):
    def write(to: str, said: str) -> None:
        ada.button("key.newConversation").click()
        field(sheet(ada), "to").press_sequentially(f"{to},")
        sheet(ada).get_by_label(words("letter.subject")).fill("Waiting")
        sheet(ada).get_by_label(words("begin.text"), exact=True).fill(said)
        sheet(ada).get_by_role("button", name=words("begin.send"), exact=True).click()

    write(GUS, "This opens the sheet for the first time.")
    sent(ada, "This opens the sheet for the first time.")
    ada.page.context.set_offline(True)
    write("noor@letters.example", "Sent when the line is back.")
    expect(sheet(ada)).to_have_count(0)
    expect(ada.notices.filter(has_text=text("en", "workspace.offline.waiting.one", count=1))).to_be_visible()
    ada.page.context.set_offline(False)
    opened, told = ada.said("Sent when the line is back."), ada.t("done.begun", name="noor@letters.example")
    expect(opened.or_(ada.notices.filter(has_text=told))).to_be_visible()

    ask(ada, "PATCH", f"channels/{mailbox.id}", {"disabled": True})
    write("theo@letters.example", "This one is refused.")
    expect(sheet(ada).get_by_role("alert")).to_be_visible()
    expect(sheet(ada).get_by_label(words("begin.text"), exact=True)).to_have_value("This one is refused.")


def test_where_nothing_can_be_written_first_it_says_what_is_missing(ada: AgentAtWork):
    expect(ada.button("key.newConversation")).to_be_visible()
    ada.page.locator("body").press("c")
    expect(sheet(ada)).to_contain_text(words("begin.noChannel"))
    assert read(ada) == []
    sheet(ada).get_by_role("link", name=words("begin.toChannels")).click()
    expect(ada.page).to_have_url(re.compile("/settings/channels"))
    expect(sheet(ada)).to_have_count(0)


def test_on_a_phone(ada: AgentAtWork, mailbox: Mailbox, windows: Windows, desk: Server):
    id = conversation_of(ada, mailbox.takes(LETTER.format(subject="Small")))
    small = AgentAtWork(windows.open(viewport=PHONE, has_touch=True, **STILL), desk, ADA, "all")
    small.open(id)
    usual_line(small).tap()
    expect(field(composer(small), "cc")).to_be_visible()
    assert read(small) == []
    small.go("inbox/all")
    small.button("key.newConversation").tap()
    expect(field(sheet(small), "to")).to_be_visible()
    assert read(small) == []
