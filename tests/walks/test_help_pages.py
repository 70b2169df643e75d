"""The help centre, read by people who may run no script."""

import pytest
from playwright.sync_api import expect

from goodword.platform.i18n import text
from goodword.rig.server import Server
from tests.walks.people import PHONE, Windows

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "question", "words"),
    [
        ("en", "kettle chalk", "citric acid"),
        ("fr", "calcaire bouilloire", "acide citrique"),
        ("ko", "주전자 물때", "구연산"),
        ("zh-Hans", "水壶除垢", "柠檬酸"),
        ("zh-Hant", "快煮壺除垢", "檸檬酸"),
    ],
)
def test_a_reader_without_script_searches_and_reads(
    shop: Server, windows: Windows, language: str, question: str, words: str
):
    page = windows.open(java_script_enabled=False, viewport=PHONE)
    page.goto(f"{shop.url}/help/{language}/")
    page.get_by_role("searchbox").fill(question)
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("main").get_by_role("link").filter(has_not=page.locator("button")).first.click()
    expect(page.get_by_role("main")).to_contain_text(words)
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_a_question_in_another_language_finds_the_answer(shop: Server, windows: Windows):
    page = windows.open(java_script_enabled=False)
    page.goto(f"{shop.url}/help/fr/search?q=주전자 물때 제거")
    expect(page.get_by_role("main").get_by_role("listitem").first).to_contain_text("bouilloire", ignore_case=True)


def test_a_reader_changes_the_language_of_an_article_and_says_that_it_helped(shop: Server, windows: Windows):
    page = windows.open()
    page.goto(f"{shop.url}/help/en/articles/kettle-descaling")
    page.get_by_role("link", name="한국어").first.click()
    expect(page).to_have_url(f"{shop.url}/help/ko/articles/kettle-descaling")
    page.get_by_role("button", name=text("ko", "help.rating.yes")).click()
    expect(page.get_by_role("main")).to_contain_text(text("ko", "help.rating.thanks"))
