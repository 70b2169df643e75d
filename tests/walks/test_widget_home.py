"""What surrounds the conversation: home, forms, greetings, ratings, the page's own calls, strict pages, blockers."""

import re
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from goodword.platform.i18n import text
from goodword.rig.cast import ADA, CHAT, JUN, PASSWORD
from goodword.rig.server import Server
from tests.walks.people import DESKTOP, PHONE, STILL, AgentAtWork, Visitor, Windows
from tests.walks.test_access import barriers

pytestmark = pytest.mark.browser

EVERY_NAME = """() => {
  const host = document.querySelector('goodword-help')
  const all = [host, ...host.shadowRoot.querySelectorAll('*')]
  return all.flatMap((one) => [one.localName, one.id, one.getAttribute('class') ?? ''])
}"""
# Resolves when the page has asked for the greetings' rules, got them, and had a moment to act on them.
RULES_READ = """new Promise((resolve) => {
  const asked = () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/site?'))
  const came = () => asked().some(({ responseEnd }) => responseEnd)
  const look = () => (came() ? setTimeout(resolve, 200) : setTimeout(look, 50))
  look()
})"""
TELL_TALE = re.compile(r"chat|widget|messenger", re.IGNORECASE)


class Garden:
    """Somebody's site on another host: one page that is nothing but the tag, under the strictest policy."""

    def __init__(self, desk: str, language: str, script: str, direction: str, attributes: dict[str, str]) -> None:
        said = " ".join(f'data-{name}="{value}"' for name, value in attributes.items())
        html = (
            f'<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8"><title>Garden</title>'
            f"<link rel=icon href=data:,><main><h1>Garden</h1><p>Nothing else.</p></main>"
            f'<script src="{desk}{script}" data-channel="{CHAT.key}" {said} defer></script></html>'
        )
        policy = f"default-src 'none'; script-src {desk}; connect-src {desk}; img-src {desk} data:"

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/returns/"

    def __enter__(self) -> "Garden":
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class Elsewhere(Visitor):
    """A visitor on that page."""

    def __init__(self, page: Page, language: str, garden: Garden) -> None:
        self.page = page
        self.language = language
        self.chat = page.locator("goodword-help")
        self.log = self.chat.get_by_role("log")
        page.goto(garden.url)


def garden(
    server: Server, language: str = "en", script: str = "/widget.js", direction: str = "ltr", **attributes: str
) -> Garden:
    return Garden(server.url, language, script, direction, attributes)


def set_up(page: Page, server: Server, **settings: Any) -> None:
    """Ada changes the chat's settings."""
    entered = page.request.post(f"{server.url}/api/v1/session", data={"email": ADA.email, "password": PASSWORD})
    assert entered.ok, entered.text()
    channels = page.request.get(f"{server.url}/api/v1/channels").json()["channels"]
    chat = next(one for one in channels if one["key"] == CHAT.key)
    address, own = f"{server.url}/api/v1/channels/{chat['id']}", {"Origin": server.url}
    changed = page.request.patch(address, data={"settings": settings}, headers=own)
    assert changed.ok, changed.text()


def close(ada: AgentAtWork, id: str) -> None:
    address = f"{ada.url}/api/v1/conversations/{id}/close"
    closed = ada.page.request.post(address, data={}, headers={"Origin": ada.url})
    assert closed.ok, closed.text()


def newest(ada: AgentAtWork) -> dict[str, Any]:
    rows = ada.page.request.get(f"{ada.url}/api/v1/conversations?view=all&limit=1").json()
    return dict(rows["conversations"][0])


def test_a_problem_is_reported_in_korean_and_what_is_missing_is_asked_for(shop: Server, windows: Windows):
    visitor = Visitor(windows.open(locale="ko-KR"), shop, "ko").open_chat()
    expect(visitor.chat.get_by_text(visitor.t("intro.assistant", name="Sage"))).to_be_visible()
    expect(visitor.chat.locator(".found a").first).to_have_attribute("href", re.compile("/help/ko/articles/"))
    visitor.chat.get_by_role("button", name=visitor.t("home.report")).click()
    expect(visitor.chat.get_by_role("button", name=visitor.t("human.ask"))).to_be_visible()
    visitor.chat.get_by_label(visitor.t("intake.what")).fill("주전자에서 물이 새요")
    visitor.chat.get_by_label(visitor.t("intake.order")).fill("FO-204518")
    visitor.chat.get_by_role("button", name=visitor.t("intake.send")).click()
    expect(visitor.own).to_contain_text("주전자에서 물이 새요")
    expect(visitor.answers.last).to_contain_text(text("ko", "assistant.intake.since"))
    visitor.say("월요일부터요")
    expect(visitor.answers.last).to_contain_text(text("ko", "assistant.intake.wish"))
    visitor.say("새 제품으로 교환해 주세요")
    expect(visitor.answers.last).to_contain_text(text("ko", "assistant.intake.evidence"))
    visitor.chat.get_by_role("button", name=text("ko", "assistant.choice.skip")).last.click()
    expect(visitor.log).to_contain_text(text("ko", "assistant.intake.done"))

    jun = AgentAtWork(windows.open(), shop, JUN).open_with("새 제품으로 교환해 주세요")
    expect(jun.timeline).to_contain_text("새 제품으로 교환해 주세요")
    events = jun.page.request.get(f"{jun.url}/api/v1/conversations/{newest(jun)['id']}").json()["events"]
    told = [event["data"]["intake"] for event in events if event["type"] == "IntakeGiven"][-1]
    assert (told["since"], told["wish"], told["order"], told["skipped"], told["done"]) == (
        "월요일부터요",
        "새 제품으로 교환해 주세요",
        "FO-204518",
        ["evidence"],
        True,
    )


def test_home_finds_articles_and_leads_back_into_the_conversation(shop: Server, windows: Windows):
    visitor = Visitor(windows.open(), shop, "en").open_chat()
    visitor.chat.get_by_label(visitor.t("home.articles")).fill("descale my kettle")
    visitor.chat.get_by_role("button", name=visitor.t("home.search")).click()
    expect(visitor.chat.locator(".found a").first).to_contain_text("kettle", ignore_case=True)
    visitor.say("How long do I have to return an item?")
    expect(visitor.answers.last).to_contain_text("31 January")
    visitor.chat.get_by_role("button", name=visitor.t("head.home")).click()
    expect(visitor.log).to_be_hidden()
    visitor.chat.get_by_role("button", name=visitor.t("home.goOn")).click()
    expect(visitor.answers.last).to_be_visible()
    visitor.page.reload()
    expect(visitor.answers.last).to_be_visible()


def test_a_stranger_is_asked_who_he_is_and_his_words_go_out_by_themselves(demo_server: Server, windows: Windows):
    questions = [{"key": "email", "required": True}, {"key": "topic", "options": ["Delivery", "Return"]}]
    set_up(windows.open(), demo_server, questions=questions)
    visitor = Visitor(windows.open(), demo_server, "en").open_chat()
    visitor.say("How long do I have to return an item?")
    visitor.chat.get_by_role("button", name=visitor.t("ask.send")).click()
    expect(visitor.chat.get_by_text(visitor.t("ask.required"))).to_be_visible()
    visitor.chat.get_by_label(text("en", "channel.question.email")).fill("no address")
    visitor.chat.get_by_role("button", name=visitor.t("ask.send")).click()
    expect(visitor.chat.get_by_text(text("en", "errors.bad_input.email"))).to_be_visible()
    visitor.chat.get_by_label(text("en", "channel.question.email")).fill("dana@customers.example")
    visitor.chat.get_by_label(text("en", "channel.question.topic")).select_option("Return")
    visitor.chat.get_by_role("button", name=visitor.t("ask.send")).click()
    expect(visitor.answers.last).to_contain_text("31 January")
    assert visitor.said() == ["How long do I have to return an item?"]


def test_a_greeting_that_was_dismissed_stays_quiet(demo_server: Server, windows: Windows):
    rule = {"id": "help", "text": {"en": "Need a hand?", "fr": "Un coup de main ?"}, "pages": ["/shop/*"], "seconds": 0}
    set_up(windows.open(), demo_server, greetings=[{**rule, "always": True}])
    visitor = Visitor(windows.open(), demo_server, "en")
    visitor.page.evaluate("window.told = []; goodword.on('greeting', (what) => told.push(what)); 0")
    greeting = visitor.chat.get_by_role("button", name="Need a hand?")
    expect(greeting).to_be_visible()
    visitor.chat.get_by_role("button", name=visitor.t("head.close")).click()
    expect(greeting).to_have_count(0)
    assert visitor.page.evaluate("told").pop() == {"id": "help", "what": "dismissed"}
    visitor.page.reload()
    visitor.page.evaluate(RULES_READ)
    expect(greeting).to_have_count(0)

    other = Visitor(windows.open(), demo_server, "fr")
    other.chat.get_by_role("button", name="Un coup de main ?").click()
    expect(other.box).to_be_visible()


def test_a_visitor_says_why_he_was_not_content_and_keeps_what_was_said(shop: Server, windows: Windows):
    visitor = Visitor(windows.open(), shop, "fr").open_chat()
    visitor.say("Combien de temps ai-je pour retourner un article ?")
    expect(visitor.answers.last).to_contain_text("31 janvier")
    ada = AgentAtWork(windows.open(), shop, ADA)
    id = newest(ada)["id"]
    close(ada, id)
    visitor.chat.get_by_role("radio", name=visitor.t("rating.2")).check()
    visitor.chat.get_by_role("radio", name=visitor.t("rating.why_slow")).check(force=True)
    visitor.chat.get_by_label(visitor.t("rating.words")).fill("Deux jours…")
    visitor.chat.get_by_role("button", name=visitor.t("rating.send")).click()
    expect(visitor.chat.get_by_text(visitor.t("rating.thanks", score=2))).to_be_visible()
    seen = ada.page.request.get(f"{ada.url}/api/v1/conversations/{id}").json()
    given = [event["data"] for event in seen["events"] if event["type"] == "RatingGiven"]
    assert [(one["score"], one["reason"], one["text"]) for one in given] == [(2, "slow", "Deux jours…")]
    assert seen["conversation"]["rating"] == 2

    visitor.chat.get_by_role("button", name=visitor.t("rating.change")).click()
    visitor.chat.get_by_role("radio", name=visitor.t("rating.4")).check()
    visitor.chat.get_by_role("button", name=visitor.t("rating.send")).click()
    expect(visitor.chat.get_by_text(visitor.t("rating.thanks", score=4))).to_be_visible()
    with visitor.page.expect_download() as kept:
        visitor.chat.get_by_role("button", name=visitor.t("transcript.download")).click()
    assert "31 janvier" in Path(kept.value.path()).read_text()


def test_the_strictest_page_has_nothing_against_it(shop: Server, windows: Windows):
    with garden(shop, greet="") as site:
        visitor = Elsewhere(windows.open(), "en", site).open_chat()
        visitor.say("How long do I have to return an item?")
        expect(visitor.answers.last).to_contain_text("31 January")
        visitor.page.evaluate("goodword.startIntake()")
        expect(visitor.chat.get_by_label(visitor.t("intake.what"))).to_be_visible()
        expect(visitor.chat.locator(".form")).to_have_css("overflow-y", "auto")


@pytest.fixture
def renamed(demo_template: Path, tmp_path: Path) -> Iterator[Server]:
    """The demo company with its widget under a name that gives nothing away."""
    folder = tmp_path / "data"
    shutil.copytree(demo_template, folder)
    with Server(folder, demo="true", widget_path="/assets/help") as server:
        yield server


def test_under_another_name_blockers_leave_it_alone(renamed: Server, windows: Windows):
    page = windows.open()
    blocked: list[str] = []

    def block(route: Route) -> None:
        blocked.append(route.request.url)
        route.abort()

    page.route(TELL_TALE, block)
    with garden(renamed, script="/assets/help.js", greet="") as site:
        visitor = Elsewhere(page, "en", site).open_chat()
        visitor.say("How long do I have to return an item?")
        expect(visitor.answers.last).to_contain_text("31 January")
        visitor.chat.get_by_role("button", name=visitor.t("head.home")).click()
        expect(visitor.chat.locator(".found a").first).to_be_visible()
        assert blocked == []
        names = page.evaluate(EVERY_NAME)
    assert [name for name in names if TELL_TALE.search(name)] == []


def test_the_page_speaks_with_it(shop: Server, windows: Windows):
    visitor = Visitor(windows.open(), shop, "en")
    page = visitor.page
    page.evaluate("""
      window.told = []
      for (const name of ['ready', 'open', 'close', 'unread', 'message', 'rated'])
        goodword.on(name, (detail) => told.push([name, detail?.text ?? detail ?? null]))
      goodword.setAttributes({ plan: 'gold', cart: 3 })
      goodword.prefill('Do you ship to Hamburg?')
      goodword.toggle()
    """)
    expect(visitor.box).to_have_value("Do you ship to Hamburg?")
    visitor.box.press("Enter")
    expect(visitor.answers.last).to_be_visible()
    told = [name for name, _ in page.evaluate("told")]
    assert {"ready", "open", "message"} <= set(told)
    page.evaluate("goodword.setLanguage('ko')")
    expect(visitor.chat.get_by_role("textbox", name=text("ko", "widget.composer.label"))).to_be_visible()
    page.evaluate("goodword.hide()")
    expect(visitor.chat.get_by_role("button")).to_have_count(0)
    page.evaluate("goodword.show()")
    expect(visitor.chat.get_by_role("button", name=text("ko", "widget.launcher.open"))).to_be_visible()

    ada = AgentAtWork(windows.open(), shop, ADA)
    customer = newest(ada)["customer"]["id"]
    card = ada.page.request.get(f"{ada.url}/api/v1/customers/{customer}").json()
    assert card["attributes"]["claimed"] == {"plan": "gold", "cart": 3}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_home_form_and_rating_are_read_by_axe(shop: Server, windows: Windows, theme: str, viewport: dict[str, int]):
    visitor = Visitor(windows.open(color_scheme=theme, viewport=viewport, **STILL), shop, "en").open_chat()
    expect(visitor.chat.locator(".found a").first).to_be_visible()
    assert barriers(visitor.page) == []
    visitor.chat.get_by_role("button", name=visitor.t("home.report")).click()
    expect(visitor.chat.get_by_label(visitor.t("intake.what"))).to_be_visible()
    assert barriers(visitor.page) == []
    visitor.chat.get_by_role("button", name=visitor.t("head.home")).click()
    visitor.say("Hello")
    expect(visitor.answers.last).to_be_visible()
    ada = AgentAtWork(windows.open(), shop, ADA)
    close(ada, newest(ada)["id"])
    visitor.chat.get_by_role("radio", name=visitor.t("rating.2")).check()
    expect(visitor.chat.get_by_text(visitor.t("rating.why_slow"))).to_be_visible()
    assert barriers(visitor.page) == []


def test_a_page_written_from_the_right_does_not_turn_it_over(shop: Server, windows: Windows):
    with garden(shop, direction="rtl", position="left") as site:
        visitor = Elsewhere(windows.open(viewport=DESKTOP), "en", site).open_chat()
        panel = visitor.chat.get_by_role("dialog").bounding_box()
        assert panel is not None
        assert 0 <= panel["x"] <= 40
        assert panel["x"] + panel["width"] <= DESKTOP["width"]
        expect(visitor.chat.locator(".frame")).to_have_attribute("dir", "ltr")
