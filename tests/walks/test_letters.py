"""Letters as agents and administrators see them: set up, read, looked at, lost and sent again, mended."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from goodword.platform.i18n import text
from goodword.rig.cast import ADA
from goodword.rig.mail.smtp import ScriptedSmtp
from goodword.rig.server import Server
from tests.walks.mailroom import ADDRESS, APP_PASSWORD, Mailbox, ask, eavesdropper, empty_imap, running
from tests.walks.people import PHONE, STILL, AgentAtWork, Windows, until
from tests.walks.test_access import read

pytestmark = pytest.mark.browser

PLAIN = """From: Dana Evans <dana@letters.example>
To: Fennel & Oak <help@fennel-oak.example>
Cc: Gus Brandt <gus@letters.example>
Subject: {subject}
Message-ID: <{subject}@letters.example>
Authentication-Results: mx.fennel-oak.example; spf=fail; dkim=fail; dmarc=fail header.from=letters.example

The lid leaks since Monday.

On Fri, 20 Nov 2026 at 09:12, Fennel & Oak <help@fennel-oak.example> wrote:
> It was sent today.
"""
HOSTILE = """From: Kettle News <news@kettles.example>
To: help@fennel-oak.example
Subject: Big sale
Message-ID: <sale@kettles.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><head><base href="{ear}/base/"><meta http-equiv="refresh" content="0;url={ear}/refresh">
<link rel="stylesheet" href="{ear}/link"><style>@import url({ear}/import); p {{ background: url({ear}/css) }}</style>
<script>document.title = 'taken over'; fetch('{ear}/script')</script></head>
<body onload="fetch('{ear}/onload')"><p style="background: url({ear}/style); color: #a00">Kettles for less</p>
<img src="{ear}/picture" onerror="parent.document.title = 'taken over'"><img src="relative">
<table background="{ear}/table"><tr><td>red</td></tr></table>
<form action="{ear}/form" method="post"><input name="password" autofocus><button>Go on</button></form>
<iframe src="{ear}/frame"></iframe><object data="{ear}/object"></object><video src="{ear}/video" autoplay></video>
<svg onload="fetch('{ear}/svg')"><image href="{ear}/svg-image"/></svg>
<a href="javascript:document.title='taken over'">Press me</a></body></html>
"""


def words(name: str, /, **facts: object) -> str:
    return text("en", f"mailbox.{name}", **facts)


def conversation_of(ada: AgentAtWork, arrival: str) -> str:
    """The conversation that has come of it."""
    whole = settled(ada, arrival)
    assert whole["state"] == "taken", whole
    return str(whole["conversation_id"])


def settled(ada: AgentAtWork, arrival: str) -> dict[str, Any]:
    """What has become of it when it has been read."""
    whole = until(lambda: ask(ada, "GET", f"arrivals/{arrival}")["arrival"], lambda now: now["state"] != "waiting")
    return dict(whole)


def sheet(ada: AgentAtWork) -> Locator:
    return ada.page.get_by_role("dialog")


def test_a_mailbox_is_set_up_by_its_address(ada: AgentAtWork):
    with running(empty_imap) as imap, running(lambda: ScriptedSmtp(users={ADDRESS: APP_PASSWORD})) as smtp:
        ada.go("settings/channels")
        kinds = ask(ada, "GET", "channels/kinds")["kinds"]
        kind = next(one for one in kinds if "mailbox" in one["capabilities"])
        ada.page.get_by_label(ada.t("channels.kind")).select_option(kind["kind"])
        ada.button("channels.add").click()
        form, label = sheet(ada), {one["key"]: one["label"] for one in kind["settings_schema"]}
        form.get_by_label(words("mailbox.address")).fill(ADDRESS)
        form.get_by_label(words("mailbox.address")).press("Tab")
        expect(form.get_by_role("status").filter(has_text=words("mailbox.guessed"))).to_be_visible()
        assert read(ada) == []

        form.get_by_text(words("mailbox.servers"), exact=True).click()
        expect(form.get_by_label(label["imap_host"])).to_have_value("imap.fennel-oak.example")
        for way, port in (("imap", imap), ("smtp", smtp.port)):
            form.get_by_label(label[f"{way}_host"]).fill("127.0.0.1")
            form.locator(f"input[name={way}_port]").fill(str(port))
            form.get_by_label(label[f"{way}_security"]).select_option("none")
        form.locator("input[name=imap_password]").fill("wrong")
        form.get_by_role("button", name=words("mailbox.try")).click()
        expect(form).to_contain_text(words("mailbox.incoming.failed"))
        expect(form).to_contain_text(words("mailbox.why.password"))
        assert read(ada) == []

        form.locator("input[name=imap_password]").fill(APP_PASSWORD)
        form.get_by_role("button", name=words("mailbox.try")).click()
        expect(form).to_contain_text(words("mailbox.incoming.ok"))
        expect(form).to_contain_text(words("mailbox.outgoing.ok"))
        assert smtp.taken == []
        form.get_by_role("button", name=ada.t("common.save")).click()
        expect(form).to_have_count(0)

        made = next(one for one in ask(ada, "GET", "channels")["channels"] if one["name"] == ADDRESS)
        assert made["settings"]["imap_password"] is True
        assert APP_PASSWORD not in str(made)
        ada.button("channels.editOf", name=ADDRESS).click()
        expect(form.locator("input[name=imap_password]")).to_have_attribute("placeholder", ada.t("channels.isSet"))
        expect(form.get_by_text(words("health.in.now"))).to_be_visible()
        form.get_by_role("button", name=ada.t("common.save")).click()
        expect(form).to_have_count(0)
        kept = ask(ada, "POST", f"channels/{kind['kind']}/try", {"channel_id": made["id"], "settings": {}})
        assert kept["incoming"]["ok"], "the password that was not typed again is still there"
        ask(ada, "PATCH", f"channels/{made['id']}", {"disabled": True})


def test_back_from_the_provider_the_mailbox_says_how_it_went(ada: AgentAtWork, mailbox: Mailbox):
    ada.go(f"settings/channels?mailbox={mailbox.id}&trouble=refused")
    expect(sheet(ada).get_by_role("alert").filter(has_text=words("mailbox.declined"))).to_be_visible()
    ada.page.keyboard.press("Escape")
    expect(sheet(ada)).to_have_count(0)
    assert "trouble" not in ada.page.url
    settings = {"sign_in": "google", "oauth_client_id": "desk"}
    ask(ada, "PATCH", f"channels/{mailbox.id}", {"settings": settings})
    ada.go(f"settings/channels?mailbox={mailbox.id}")
    assert read(ada) == []
    asked: list[str] = []

    def stop(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    ada.page.route("https://accounts.google.com/**", stop)
    with ada.page.expect_event("requestfailed", lambda request: "accounts.google.com" in request.url):
        sheet(ada).get_by_role("button", name=words("mailbox.signIn", provider="Google")).click()
    assert "client_id=desk" in asked[0]


def test_a_letter_tells_what_it_is(ada: AgentAtWork, mailbox: Mailbox):
    ada.open(conversation_of(ada, mailbox.takes(PLAIN.format(subject="The lid"))))
    letter = ada.said("The lid leaks since Monday.")
    expect(letter).to_contain_text(ada.t("letter.doubted"))
    expect(letter).to_contain_text(words("letter.doubt", address="dana@letters.example"))
    expect(letter.get_by_text("It was sent today.")).to_be_hidden()
    letter.locator("summary").click()
    expect(letter.get_by_text("It was sent today.")).to_be_visible()
    letter.get_by_role("button", name=words("letter.toFirst", name="Fennel & Oak")).click()
    expect(letter.get_by_text("Gus Brandt <gus@letters.example>")).to_be_visible()
    expect(ada.page.locator("form[data-kind]")).to_contain_text("Dana Evans <dana@letters.example>")
    expect(ada.page.locator("form[data-kind]")).to_contain_text("Cc: Gus Brandt <gus@letters.example>")
    assert read(ada) == []
    letter.get_by_role("button", name=words("letter.original")).click()
    expect(sheet(ada)).to_contain_text("Message-ID: <The lid@letters.example>")
    assert read(ada) == []


def test_a_hostile_letter_can_do_nothing_and_loads_no_picture_unasked(ada: AgentAtWork, mailbox: Mailbox):
    with eavesdropper() as ear:
        ada.open(conversation_of(ada, mailbox.takes(HOSTILE.format(ear=ear.url))))
        letter = ada.said("Kettles for less")
        letter.get_by_role("button", name=words("letter.written")).click()
        shown = ada.page.frame_locator("iframe")
        expect(shown.get_by_text("Kettles for less")).to_be_visible()
        expect(shown.get_by_text("Kettles for less")).to_have_css("color", "rgb(170, 0, 0)")
        shown.get_by_text("Press me").click()
        for harm in (
            "script",
            "form",
            "input",
            "button",
            "iframe",
            "object",
            "video",
            "svg",
            "meta[http-equiv]",
            "link",
        ):
            expect(shown.locator(harm)).to_have_count(0)
        frame = ada.page.locator("iframe")
        assert set(str(frame.get_attribute("sandbox")).split()) == {"allow-popups", "allow-popups-to-escape-sandbox"}
        assert read(ada) == []
        assert ear.heard == []
        assert "taken over" not in ada.page.title()

        with ada.page.expect_event("requestfinished", lambda request: request.url == f"{ear.url}/picture"):
            sheet(ada).get_by_role("button", name=words("letter.pictures", count=1)).click()
        expect(shown.get_by_text("Kettles for less")).to_be_visible()
        # Whatever else were loaded would have been asked for before.
        assert ear.heard == ["/picture"]
        assert "taken over" not in ada.page.title()


def test_the_page_of_a_letter_is_harmless_by_itself_and_for_no_stranger(ada: AgentAtWork, mailbox: Mailbox):
    arrival = mailbox.takes(PLAIN.format(subject="By itself"))
    conversation_of(ada, arrival)
    page = ada.page.request.get(f"{ada.url}/api/v1/arrivals/{arrival}/letter/page")
    policy = page.headers["content-security-policy"]
    assert {"sandbox allow-popups allow-popups-to-escape-sandbox", "default-src 'none'"} <= set(policy.split("; "))
    assert "script-src" not in policy
    assert "http:" not in policy
    stranger = ada.page.context.browser.new_context().request  # type: ignore[union-attr]
    assert stranger.get(f"{ada.url}/api/v1/arrivals/{arrival}/letter/page").status == 401


def test_a_reply_that_came_back_is_seen_told_and_sent_again(ada: AgentAtWork, mailbox: Mailbox):
    conversation = conversation_of(ada, mailbox.takes(PLAIN.format(subject="Coming back")))
    ada.open(conversation)
    ada.reply("A new lid is on its way.")
    mine = ada.said("A new lid is on its way.")
    mine.get_by_role("button", name=ada.t("delivery.sent")).click()
    expect(mine.locator("q")).to_contain_text("250")

    mailbox.takes(bounce_of(mailbox.relay))
    address = {"address": "dana@letters.example"}
    expect(mine).to_contain_text(ada.t("lost.cameBack", **address))
    expect(mine).to_contain_text(words("lost.address"))
    expect(ada.timeline.locator("p[data-type=Bounced]")).to_contain_text(ada.t("lost.cameBack", **address))
    row = ada.page.locator(f"a[href*='{conversation}']").filter(has_text=ada.t("row.undelivered"))
    expect(row).to_be_visible()
    mine.get_by_text(words("lost.words")).click()
    expect(mine).to_contain_text("550 5.1.1 no such user")
    assert read(ada) == []

    before = len(mailbox.relay.taken)
    mine.get_by_role("button", name=words("lost.again")).click()
    expect(mine.get_by_role("button", name=ada.t("delivery.sent"))).to_be_visible()
    expect(row).to_have_count(0)
    again, first = mailbox.relay.taken[before], mailbox.relay.taken[before - 1]
    assert message_id(again.raw) == message_id(first.raw)


def test_a_reply_that_is_refused_waits_or_is_lost_in_plain_words(ada: AgentAtWork, mailbox: Mailbox):
    ada.open(conversation_of(ada, mailbox.takes(PLAIN.format(subject="Refused"))))
    mailbox.relay.will("RCPT", "452 4.2.2 mailbox full")
    ada.reply("Please make room.")
    waiting = ada.said("Please make room.")
    expect(waiting).to_contain_text(re.compile(ada.t("delivery.retryingAt", time="@").replace("@", r"\d\d:\d\d")))
    mailbox.relay.will("END", "554 5.7.1 blocked")
    ada.reply("This one is unwelcome.")
    lost = ada.said("This one is unwelcome.")
    expect(lost).to_contain_text(ada.t("lost.failed"))
    expect(lost).to_contain_text(words("lost.blocked"))
    assert read(ada) == []


def test_what_can_not_be_read_is_mended_read_and_dropped(ada: AgentAtWork, mailbox: Mailbox):
    before = ask(ada, "GET", "arrivals")["counts"]["quarantined"]
    arrival = mailbox.takes(b'{"From": "dana@letters.example", "RawEmail"', "postmark")
    doomed = mailbox.takes(b'{"From": "gus@letters.example", "RawEmail"', "postmark")
    ada.go("settings/quarantine")
    cards = ada.work.get_by_role("listitem").filter(has_text=words("arrivals.why.no_mail_inside"))
    expect(cards).to_have_count(before + 2)
    badge = ada.page.get_by_role("link", name=ada.t("settings.quarantine"))
    expect(badge).to_contain_text(str(before + 2))
    assert read(ada) == []

    cards.nth(1).get_by_role("button", name=words("arrivals.open")).click()
    raw = sheet(ada).get_by_role("textbox", name=words("arrivals.raw"))
    expect(raw).not_to_be_editable()
    expect(raw).to_have_value(re.compile("dana@letters"))
    assert read(ada) == []
    sheet(ada).get_by_role("button", name=words("arrivals.mend"), exact=True).click()
    raw.fill(json.dumps({"RawEmail": PLAIN.format(subject=f"Mended {arrival}")}))
    sheet(ada).get_by_role("button", name=words("arrivals.mendAndReplay")).click()
    expect(sheet(ada)).to_contain_text(words("arrivals.taken"))
    sheet(ada).get_by_role("link", name=words("arrivals.toConversation")).click()
    expect(ada.said("The lid leaks since Monday.")).to_be_visible()
    assert ask(ada, "GET", f"arrivals/{arrival}")["arrival"]["mended"]

    ada.go("settings/quarantine")
    expect(cards).to_have_count(before + 1)
    cards.first.get_by_role("button", name=words("arrivals.drop")).click()
    expect(cards).to_have_count(before)
    ada.page.get_by_role("status").get_by_role("button", name=ada.t("common.undo")).click()
    expect(cards).to_have_count(before + 1)
    with ada.page.expect_response(re.compile("/drop$")):
        cards.first.get_by_role("button", name=words("arrivals.drop")).click()
    expect(cards).to_have_count(before)
    assert settled(ada, doomed)["state"] == "dropped"


def test_the_quarantine_on_a_phone(ada: AgentAtWork, mailbox: Mailbox, windows: Windows, desk: Server):
    mailbox.takes(b'{"Subject": "Narrow", "RawEmail"', "postmark")
    small = AgentAtWork(windows.open(viewport=PHONE, has_touch=True, **STILL), desk, ADA, "all")
    small.go("settings/quarantine")
    card = small.work.get_by_role("listitem").filter(has_text=words("arrivals.why.no_mail_inside")).first
    card.get_by_role("button", name=words("arrivals.open")).tap()
    expect(sheet(small).get_by_role("textbox")).to_be_visible()
    assert read(small) == []


def message_id(raw: bytes) -> str:
    found = re.search(rb"^Message-ID:\s*(\S+)", raw, re.MULTILINE | re.IGNORECASE)
    assert found
    return found[1].decode()


def bounce_of(relay: Any) -> str:
    """What the other server sends back of the newest mail."""
    return f"""From: Mail Delivery System <MAILER-DAEMON@letters.example>
To: {ADDRESS}
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-{len(relay.taken)}@letters.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.letters.example

Final-Recipient: rfc822; dana@letters.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
--b
Content-Type: text/rfc822-headers

Message-ID: {message_id(relay.taken[-1].raw)}
--b--
"""
