"""Takes the pictures of docs/screens from a demo desk in a temporary folder: `make screens`.

Every picture shows the real thing: a server, its demo company, and a browser that asks, waits and clicks.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from goodword.platform.i18n import text
from goodword.rig.cast import ADA, CAMILLE, GUS, PASSWORD
from goodword.rig.server import Server

SCREENS = Path(__file__).resolve().parent.parent / "docs/screens"
LARGEST = 150_000
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
WIDGET = {"x": 1028, "y": 150, "width": 412, "height": 750}
LOOKS: dict[str, dict[str, Any]] = {
    "light-1440": {"viewport": WIDE},
    "dark-1440": {"viewport": WIDE, "color_scheme": "dark"},
    "light-390": {"viewport": PHONE, "has_touch": True},
    "dark-390": {"viewport": PHONE, "has_touch": True, "color_scheme": "dark"},
}
PLACES = {
    "inbox": "inbox/all",
    "search": "inbox/all?q=kettle",
    "empty": "inbox/snoozed",
    "wall": "wall",
    "big-wall": "wall?big=1",
    "team": "team",
    "knowledge": "knowledge?only=en",
}
QUIETLY = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
QUESTIONS = {
    "en": "How long do I have to return an item?",
    "fr": "Combien de temps ai-je pour retourner un article ?",
    "ko": "주전자 물때는 어떻게 제거하나요?",
    "zh-Hans": "退货期限是多久？",
    "zh-Hant": "退貨期限是多久？",
}


def main() -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIETLY)
        with demo_desk(Path(folder) / "demo") as desk:
            camera = Camera(browser, desk.url)
            camera.workspace()
            camera.widget()
            camera.pages()
        with Server(new_folder(Path(folder) / "empty"), embedding="none") as desk:
            Camera(browser, desk.url).door("setup", "setUp.title")
        browser.close()
    for picture in sorted(SCREENS.glob("*.png")):
        print(f"{picture.name:32} {lightened(picture) / 1024:6.0f} KB")


@contextmanager
def demo_desk(folder: Path) -> Iterator[Server]:
    subprocess.run(
        [sys.executable, "-m", "goodword", "demo", "--data", str(folder)], check=True, stdout=subprocess.DEVNULL
    )
    with Server(folder, demo="true") as desk:
        yield desk


class Camera:
    """Takes the pictures of one desk; every picture has a window of its own."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url

    def workspace(self) -> None:
        """Every screen, in both themes, wide and on a phone."""
        self.door("sign-in", "signIn.title")
        for look, options in LOOKS.items():
            with self._signed_in(**options) as page:
                for name, path in [*PLACES.items(), *self._sections(page)]:
                    page.goto(f"{self._url}/workspace/{path}")
                    page.get_by_role("navigation", name=text("en", "workspace.rail.label")).wait_for()
                    self._take(page, f"{name}-{look}")
                self._conversation(page, look)
                self._letters(page, look)
                self._layers(page, look)

    def _sections(self, page: Page) -> list[tuple[str, str]]:
        """The rooms of the settings, as the settings themselves name them."""
        page.goto(f"{self._url}/workspace/settings/me")
        links = page.locator("#work nav a[href*='/settings/']")
        links.first.wait_for(state="attached")
        ids = [str(link.get_attribute("href")).rpartition("/")[2] for link in links.all()]
        return [(f"settings-{id}", f"settings/{id}") for id in ids]

    def _conversation(self, page: Page, look: str) -> None:
        rows = page.request.get(f"{self._url}/api/v1/conversations?view=all&limit=60").json()["conversations"]
        camille = next(row for row in rows if row["customer"]["name"] == CAMILLE.name)
        page.goto(f"{self._url}/workspace/inbox/all/{camille['id']}")
        page.get_by_role("article").first.wait_for()
        self._take(page, f"conversation-{look}")
        box = page.locator("form[data-kind] textarea")
        box.press_sequentially("/")
        page.get_by_role("listbox").wait_for()
        self._take(page, f"macros-{look}")
        box.clear()
        page.get_by_role("button", name=text("en", "workspace.more.label"), exact=True).click()
        page.get_by_role("menu").wait_for()
        self._take(page, f"more-{look}")
        page.goto(f"{self._url}/workspace/knowledge?only=en")
        page.get_by_role("link", name=re.compile("Descaling")).first.click()
        page.get_by_role("heading", name=re.compile("Descaling"), level=1).wait_for()
        self._take(page, f"article-{look}")

    def _letters(self, page: Page, look: str) -> None:
        """A letter in its conversation and as it was written; its mailbox; what could not be read."""
        conversation, letter = self._written_letter(page)
        page.goto(f"{self._url}/workspace/inbox/all/{conversation}")
        shown = page.locator(f"[id='{letter}']")
        shown.scroll_into_view_if_needed()
        self._take(page, f"letter-{look}")
        self._addressed(page, look)
        shown.get_by_role("button", name=text("en", "mailbox.letter.written")).click()
        page.locator("iframe").wait_for()
        self._take(page, f"letter-written-{look}")
        page.goto(f"{self._url}/workspace/settings/channels")
        mailbox = self._mailbox(page)
        page.get_by_role("button", name=text("en", "workspace.channels.editOf", name=mailbox["name"])).click()
        page.get_by_role("dialog").wait_for()
        self._take(page, f"mailbox-{look}")
        page.goto(f"{self._url}/workspace/settings/quarantine")
        page.locator("#work").get_by_role("button", name=text("en", "mailbox.arrivals.open")).first.click()
        page.get_by_role("dialog").get_by_role("textbox").wait_for()
        self._take(page, f"quarantined-{look}")

    def _addressed(self, page: Page, look: str) -> None:
        """A reply to more than the usual recipients, one that passes a letter on, and the first of a conversation."""
        form = page.locator("form[data-kind]")
        form.get_by_role("button", name=re.compile(f"^{text('en', 'mailbox.letter.to')}: ")).click()
        form.get_by_role("combobox", name=text("en", "mailbox.letter.cc"), exact=True).fill(GUS.email)
        page.keyboard.press("Enter")
        self._take(page, f"recipients-{look}")
        form.get_by_role("button", name=text("en", "mailbox.letter.usual")).click()
        page.get_by_role("article").get_by_role("button", name=text("en", "mailbox.letter.forward")).last.click()
        form.get_by_role("combobox", name=text("en", "mailbox.letter.to"), exact=True).fill(GUS.email)
        page.keyboard.press("Enter")
        self._take(page, f"forward-{look}")
        form.get_by_role("button", name=text("en", "mailbox.letter.dontForward")).click()
        page.locator("body").press("c")
        sheet = page.get_by_role("dialog")
        sheet.get_by_role("combobox", name=text("en", "mailbox.letter.to"), exact=True).fill(GUS.email)
        page.keyboard.press("Enter")
        self._take(page, f"new-conversation-{look}")
        page.keyboard.press("Escape")
        sheet.wait_for(state="detached")

    def _mailbox(self, page: Page) -> dict[str, Any]:
        channels = page.request.get(f"{self._url}/api/v1/channels").json()["channels"]
        return next(one for one in channels if "mailbox" in one["capabilities"])

    def _written_letter(self, page: Page) -> tuple[str, str]:
        """A conversation with a letter that has a form of its own, and the letter."""
        api = f"{self._url}/api/v1/conversations"
        for view in ("all", "closed"):
            for row in page.request.get(f"{api}?view={view}&limit=200").json()["conversations"]:
                if row["channel"]["id"] != self._mailbox(page)["id"]:
                    continue
                for event in page.request.get(f"{api}/{row['id']}").json()["events"]:
                    message = event["data"].get("message") or {}
                    if (message.get("letter") or {}).get("written"):
                        return row["id"], message["id"]
        sys.exit("No letter of the demo was written with more than words.")

    def _layers(self, page: Page, look: str) -> None:
        """What lies over the inbox for a moment."""
        page.goto(f"{self._url}/workspace/inbox/all")
        page.locator("a[data-mood]").nth(2).wait_for()
        for name, key in {"palette": "Control+k", "keys": "?"}.items():
            page.keyboard.press(key)
            page.get_by_role("dialog").wait_for()
            self._take(page, f"{name}-{look}")
            page.keyboard.press("Escape")
            page.get_by_role("dialog").wait_for(state="detached")
        for _ in range(3):
            page.keyboard.press("Shift+J")
        page.get_by_role("region", name=text("en", "workspace.bulk.label")).wait_for()
        self._take(page, f"bulk-{look}")

    def widget(self) -> None:
        for language, question in QUESTIONS.items():
            with self._asking(language, question, viewport=WIDE) as page:
                self._take(page, f"widget-{language}", clip=WIDGET)
        with self._asking("en", QUESTIONS["en"], viewport=WIDE, color_scheme="dark") as page:
            self._take(page, "widget-dark", clip=WIDGET)
        with self._asking("fr", QUESTIONS["fr"], viewport=PHONE, has_touch=True) as page:
            self._take(page, "widget-phone")
        for look, options in LOOKS.items():
            clip = {} if options["viewport"] is PHONE else {"clip": WIDGET}
            with self._window(**options) as page:
                self._around_the_chat(page, look, **clip)

    def _around_the_chat(self, page: Page, look: str, **clip: Any) -> None:
        """Home, the form for a problem, and what is asked when all is said."""
        page.goto(f"{self._url}/shop/?lang=en")
        # Later it never is: an open chat keeps its line open.
        page.wait_for_load_state("networkidle")
        chat = page.locator("goodword-help")
        chat.get_by_role("button").first.click()
        chat.locator(".found a").first.wait_for()
        self._take(page, f"widget-home-{look}", **clip)
        chat.get_by_role("button", name=text("en", "widget.home.report")).click()
        chat.get_by_label(text("en", "widget.intake.what")).wait_for()
        self._take(page, f"widget-form-{look}", **clip)
        chat.get_by_role("button", name=text("en", "widget.head.home")).click()
        chat.get_by_role("textbox", name=text("en", "widget.composer.label")).fill(QUESTIONS["en"])
        page.keyboard.press("Enter")
        chat.locator(".message.assistant .sources").last.wait_for()
        self._close_newest()
        chat.get_by_role("radio", name=text("en", "widget.rating.2")).check()
        self._take(page, f"widget-rating-{look}", **clip)

    def _close_newest(self) -> None:
        with self._signed_in() as page:
            api, origin = f"{self._url}/api/v1/conversations", {"Origin": self._url}
            newest = page.request.get(f"{api}?view=all&limit=1").json()["conversations"][0]
            page.request.post(f"{api}/{newest['id']}/close", data={}, headers=origin)

    def pages(self) -> None:
        paths = {"shop": "/shop/?lang=en&as=dana"} | {
            f"help-{language}": f"/help/{language}/" for language in ("en", "ko", "fr")
        }
        for name, path in paths.items():
            with self._window(viewport=WIDE) as page:
                page.goto(self._url + path)
                self._take(page, name)

    def door(self, name: str, title: str) -> None:
        with self._window(viewport=WIDE) as page:
            page.goto(f"{self._url}/workspace/")
            page.get_by_role("heading", name=text("en", f"workspace.{title}")).wait_for()
            self._take(page, name)

    @contextmanager
    def _window(self, **options: Any) -> Iterator[Page]:
        context = self._browser.new_context(**{"locale": "en-GB", "reduced_motion": "reduce", **options})
        yield context.new_page()
        context.close()

    @contextmanager
    def _signed_in(self, **options: Any) -> Iterator[Page]:
        with self._window(**options) as page:
            account = {"email": ADA.email, "password": PASSWORD}
            page.request.post(f"{self._url}/api/v1/session", data=account)
            yield page

    @contextmanager
    def _asking(self, language: str, question: str, **options: Any) -> Iterator[Page]:
        with self._window(**options) as page:
            page.goto(f"{self._url}/shop/?lang={language}")
            chat = page.locator("goodword-help")
            chat.get_by_role("button").first.click()
            box = chat.get_by_role("textbox")
            box.fill(question)
            box.press("Enter")
            chat.locator(".message.assistant .sources").wait_for()
            yield page

    def _take(self, page: Page, name: str, **options: Any) -> None:
        # A page that listens for news is never idle; what it shows has come by then.
        with suppress(TimeoutError):
            page.wait_for_load_state("networkidle", timeout=3_000)
        page.screenshot(path=SCREENS / f"{name}.png", **options)


def chromium() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return path or sys.exit("The pictures need a Chromium, and none was found. Install one and try again.")


def new_folder(path: Path) -> Path:
    path.mkdir()
    return path


def lightened(picture: Path) -> int:
    """The picture in bytes, after a large one's colours were cut down to a palette (where pngquant is installed)."""
    quantiser = shutil.which("pngquant")
    if quantiser and picture.stat().st_size > LARGEST // 2:
        command = [quantiser, "--force", "--skip-if-larger", "--strip", "--output", str(picture), "256", str(picture)]
        subprocess.run(command, check=False)
    return os.stat(picture).st_size


if __name__ == "__main__":
    main()
