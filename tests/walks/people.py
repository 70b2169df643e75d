"""Who walks: windows that tell on their pages, a visitor before the shop, an agent at his desk.

What a person reads is looked up in the catalogue of his language, so a walk asserts the sentence and not its key.
"""

import os
import re
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, ViewportSize, expect

from goodword.platform.i18n import text
from goodword.rig.cast import PASSWORD, CastAgent
from goodword.rig.server import Server

# A line that broke is tried again with growing pauses, and two processors may be shared with many.
PATIENCE = 30
expect.set_options(timeout=PATIENCE * 1_000)

# The same walks on a weak computer far away: how many milliseconds every answer takes longer.
SLOWLY = int(os.environ.get("GOODWORD_WALK_SLOWLY", "0"))

DESKTOP: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 844}
# A page's colours fade in and out for 120 ms; axe must not read them halfway.
STILL: dict[str, Any] = {"reduced_motion": "reduce"}
# The network's own complaints: a stranger's 401 and the cuts that the walks make themselves.
OF_THE_NETWORK = re.compile(r"^(Failed to load resource|WebSocket connection to)")


def until(look: Callable[[], Any], done: Callable[[Any], object]) -> Any:
    """What is seen once it is as it should be; for what no page shows."""
    end = time.monotonic() + PATIENCE
    while not done(seen := look()):
        assert time.monotonic() < end, seen
        time.sleep(0.05)
    return seen


class Windows:
    """Each window is a browser of its own, without anybody else's cookies or storage."""

    def __init__(self, browser: Browser) -> None:
        self.complaints: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def open(self, **options: Any) -> Page:
        context = self._browser.new_context(**{"viewport": DESKTOP, "locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE * 1_000)
        self._contexts.append(context)
        page = context.new_page()
        if SLOWLY:
            _slow_down(page)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and not OF_THE_NETWORK.match(said.text):
            self.complaints.append(said.text)


def _slow_down(page: Page) -> None:
    browser = page.context.new_cdp_session(page)
    line = {"offline": False, "latency": SLOWLY, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.send("Network.enable")
    browser.send("Network.emulateNetworkConditions", line)
    browser.send("Emulation.setCPUThrottlingRate", {"rate": 3})


class Visitor:
    """Somebody in the shop; ``customer`` is the key of who he is signed in as."""

    def __init__(self, page: Page, server: Server, language: str, customer: str = "") -> None:
        self.page = page
        self.language = language
        self.chat = page.locator("goodword-help")
        self.log = self.chat.get_by_role("log")
        page.goto(f"{server.url}/shop/?lang={language}&as={customer}")

    def t(self, name: str, /, **facts: object) -> str:
        return text(self.language, f"widget.{name}", **facts)

    @property
    def box(self) -> Locator:
        return self.chat.get_by_role("textbox", name=self.t("composer.label"))

    @property
    def own(self) -> Locator:
        return self.chat.locator(".message.customer")

    @property
    def answers(self) -> Locator:
        return self.chat.locator(".message.assistant")

    @property
    def from_people(self) -> Locator:
        return self.chat.locator(".message.agent")

    def open_chat(self) -> "Visitor":
        self.chat.get_by_role("button", name=self.t("launcher.open"), exact=True).click()
        expect(self.box).to_be_visible()
        return self

    def have_it_open(self) -> "Visitor":
        """Whether or not the panel opens by itself because it was open on the page before."""
        self.page.evaluate("window.goodword.push(['open'])")
        expect(self.box).to_be_visible()
        return self

    def say(self, words: str) -> None:
        self.box.fill(words)
        self.box.press("Enter")

    def ask_for_a_person(self) -> None:
        self.chat.get_by_role("button", name=self.t("human.ask")).last.click()

    def said(self) -> list[str]:
        """His own words as they stand in the chat."""
        return self.own.locator(".text").all_inner_texts()


class AgentAtWork:
    """An agent, signed in, before the workspace in his own language."""

    def __init__(self, page: Page, server: Server, agent: CastAgent, view: str = "mine") -> None:
        self.page = page
        self.agent = agent
        self.url = server.url
        self.work = page.locator("#work")
        self.timeline = page.get_by_role("log")
        entered = page.request.post(f"{server.url}/api/v1/session", data={"email": agent.email, "password": PASSWORD})
        assert entered.ok, entered.text()
        self.go(f"inbox/{view}")
        expect(self.navigation).to_be_visible()

    def t(self, name: str, /, **facts: object) -> str:
        return text(self.agent.language, f"workspace.{name}", **facts)

    @property
    def navigation(self) -> Locator:
        return self.page.get_by_role("navigation", name=self.t("rail.label"))

    @property
    def rows(self) -> Locator:
        return self.page.locator("a[data-mood]")

    @property
    def box(self) -> Locator:
        return self.page.locator("form[data-kind] textarea")

    @property
    def notices(self) -> Locator:
        return self.page.get_by_role("status")

    def go(self, path: str) -> None:
        self.page.goto(f"{self.url}/workspace/{path}")

    def open_with(self, words: str) -> "AgentAtWork":
        """The conversation in which somebody said this last, as soon as it is found by its words."""
        return self.open(self.found(words))

    def found(self, words: str) -> str:
        """The id of the conversation in which somebody said this last."""
        search = partial(self.page.request.get, f"{self.url}/api/v1/search", params={"q": words})
        [hit, *_] = until(lambda: search().json()["results"], len)
        return str(hit["conversation"]["id"])

    def open(self, conversation_id: str) -> "AgentAtWork":
        self.go(f"inbox/all/{conversation_id}")
        expect(self.box).to_be_visible()
        return self

    def button(self, name: str, /, **facts: object) -> Locator:
        return self.page.get_by_role("button", name=self.t(name, **facts))

    def reply(self, words: str) -> None:
        self.box.fill(words)
        self.box.press("Control+Enter")

    def said(self, words: str) -> Locator:
        """The bubble that holds these words."""
        return self.timeline.get_by_role("article").filter(has_text=words)
