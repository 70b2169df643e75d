import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from goodword.channels import Registry
from goodword.channels.actions.add_channel import add_channel
from goodword.channels.model import signing_secret
from goodword.channels.store import by_key
from goodword.customers.actions.identify import identify
from goodword.customers.actions.record_order import record_order
from goodword.customers.model import Item, Order, is_signed
from goodword.platform.db import Database, Tx
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.http import problem_response
from goodword.platform.i18n import LANGUAGES, catalogue
from goodword.rig.cast import CHAT, CUSTOMERS, DANA, GUS
from goodword.rig.clock import TUESDAY_MORNING
from goodword.rig.demo.material import products
from goodword.rig.shop import routes, shelf

pytestmark = pytest.mark.anyio
KEY = b"oak and fennel, thirty-two bytes"


@pytest.fixture
async def shop(database) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(_app(database))
    async with httpx.AsyncClient(transport=transport, base_url="https://shop.example") as client:
        yield client


@pytest.fixture
async def open_shop(database, shop) -> httpx.AsyncClient:
    await database.write(_open)
    return shop


async def _open(tx: Tx) -> None:
    """Its chat, and Dana who has bought a knife."""
    stamp = Stamp(TUESDAY_MORNING, SYSTEM)
    manifest = Registry.discover().get(CHAT.kind).manifest
    channel, _ = await add_channel(tx, stamp, manifest, CHAT.name, CHAT.settings, key=CHAT.key)
    dana, _ = await identify(
        tx, stamp, kind="external", value=DANA.user_id, scope=channel.id, verified=True, name=DANA.name
    )
    items = (Item("Paring knife 9 cm", 2),)
    await record_order(tx, stamp, Order("FO-31415", dana.id, stamp.at, "shipped", 6_800, "EUR", items))


async def test_the_page_speaks_five_languages(open_shop):
    for language in LANGUAGES:
        page = (await open_shop.get("/shop/", params={"lang": language})).text
        assert f'<html lang="{language}">' in page
        assert f'data-language="{language}"' in page
        assert catalogue(language, "shop")["tagline"] in page
        assert all(product.names[language] in _unescaped(page) for product in products())


async def test_without_a_wish_the_page_speaks_the_language_of_the_browser(open_shop):
    assert '<html lang="ko">' in (await open_shop.get("/shop/")).text
    assert '<html lang="ko">' in (await open_shop.get("/shop/", params={"lang": "tlh"})).text


async def test_nothing_on_the_page_is_inline_or_from_elsewhere(open_shop):
    answer = await open_shop.get("/shop/", params={"as": DANA.key})
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", answer.text))
    assert not re.search(r"<style|\sstyle=|\son\w+=|https?://", answer.text)


async def test_whoever_signs_in_is_vouched_for(database, open_shop):
    channel = await database.read(by_key, CHAT.key)
    for customer in CUSTOMERS:
        page = (await open_shop.get("/shop/", params={"as": customer.key})).text
        signature = re.search(r'data-signature="(\w+)"', page)
        assert signature
        assert f'data-user-id="{customer.user_id}"' in page
        assert is_signed(signing_secret(KEY, channel.id), customer.user_id, signature[1])


async def test_a_visitor_is_not_vouched_for(open_shop):
    for query in ({}, {"as": "nobody"}):
        page = (await open_shop.get("/shop/", params=query)).text
        assert "data-signature" not in page
        assert "data-user-id" not in page


async def test_a_page_with_a_signature_is_kept_by_nobody(open_shop):
    assert (await open_shop.get("/shop/", params={"as": DANA.key})).headers["cache-control"] == "no-store"


async def test_customers_see_their_own_orders(open_shop):
    page = (await open_shop.get("/shop/", params={"lang": "en", "as": DANA.key})).text
    assert all(shown in page for shown in ("FO-31415", "2 × Paring knife 9 cm", "Shipped", "€68.00"))
    for other in ({}, {"as": GUS.key}):
        assert "FO-31415" not in (await open_shop.get("/shop/", params=other)).text


async def test_its_style_and_script_are_served_and_nothing_else(shop):
    assert (await shop.get("/shop/shop.css")).headers["content-type"].startswith("text/css")
    assert (await shop.get("/shop/shop.js")).headers["content-type"].startswith("text/javascript")
    for name in ("shop.html", "..%2Froutes.py", "nothing.js"):
        assert (await shop.get(f"/shop/{name}")).status_code == 404


async def test_where_the_demo_was_not_built_there_is_no_shop(shop):
    assert (await shop.get("/shop/")).status_code == 404


def test_every_product_stands_on_the_page_once_with_its_drawing():
    cards = [card for section in shelf.sections("fr") for card in section.cards]
    assert sorted(card.sku for card in cards) == sorted(product.sku for product in products())


def test_prices_are_written_as_people_write_them():
    assert shelf.price(950, "en") == "€9.50"
    assert shelf.price(8_900, "fr") == "89,00\u00a0€"
    assert shelf.price(350, "ko") == "3.50유로"


def test_the_shop_says_the_same_in_every_language():
    assert all(catalogue(language, "shop").keys() == catalogue("en", "shop").keys() for language in LANGUAGES)


def _app(database: Database) -> Any:
    given = {"database": database, "secret_key": KEY, "language": "ko"}
    dependencies = {name: _handing_out(value) for name, value in given.items()}
    return Litestar([routes], dependencies=dependencies, exception_handlers={Exception: problem_response})


def _handing_out(value: object) -> Provide:
    return Provide(lambda: value, sync_to_thread=False)


def _unescaped(page: str) -> str:
    return page.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
