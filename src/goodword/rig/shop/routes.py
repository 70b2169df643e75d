"""The addresses of the shop."""

import hashlib
import hmac
from functools import cache, partial
from importlib.resources import files
from typing import Annotated, Final

from jinja2 import Environment, PackageLoader, Template
from litestar import MediaType, Response, Router, get
from litestar.params import QueryParameter

from goodword.channels import Channel
from goodword.channels.model import signing_secret
from goodword.channels.store import by_key
from goodword.customers.model import Order
from goodword.customers.store import find_identity, orders_of
from goodword.platform.db import Database, Tx
from goodword.platform.errors import NotFound
from goodword.platform.i18n import LANGUAGES, ours, text
from goodword.rig.cast import CHAT, COMPANY, CUSTOMERS, CastCustomer
from goodword.rig.shop import shelf

MOST_ORDERS: Final = 4
NAMES: Final = {"en": "English", "fr": "Français", "ko": "한국어", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
TYPES: Final = {"shop.css": "text/css; charset=utf-8", "shop.js": "text/javascript; charset=utf-8"}
# No inline script or style anywhere: the chat must live with the strictest policy a shop may have.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


@get("/", media_type=MediaType.HTML, include_in_schema=False)
async def shop(
    database: Database,
    secret_key: bytes,
    language: str,
    lang: str = "",
    customer_key: Annotated[str, QueryParameter(name="as")] = "",
) -> Response[str]:
    """The page. ``lang`` overrules what the browser asks for; ``as`` is the customer one would like to be."""
    language, customer = ours(lang) or language, shelf.customer(customer_key)
    channel, orders = await database.read(_about, customer)
    html = _template().render(
        t=partial(_text, language),
        language=language,
        languages=[(tag, NAMES[tag]) for tag in LANGUAGES],
        company=COMPANY,
        channel=channel,
        sections=shelf.sections(language),
        customers=CUSTOMERS,
        customer=customer,
        signature=customer and signature(secret_key, channel.id, customer.user_id),
        orders=[shelf.line(order, language) for order in orders],
    )
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Content-Language": language}
    return Response(html, headers=headers)


@get("/{name:str}", include_in_schema=False)
async def static(name: str) -> Response[bytes]:
    if name not in TYPES:
        raise NotFound()
    content = files("goodword.rig.shop").joinpath("static", name).read_bytes()
    return Response(content, media_type=TYPES[name], headers={"Cache-Control": "public, max-age=300"})


routes = Router("/shop", route_handlers=[shop, static])


def signature(key: bytes, channel_id: str, user_id: str) -> str:
    """What the shop's server vouches with: hex HMAC-SHA256 of ``user_id`` under the channel's secret."""
    return hmac.new(signing_secret(key, channel_id).encode(), user_id.encode(), hashlib.sha256).hexdigest()


async def _about(tx: Tx, customer: CastCustomer | None) -> tuple[Channel, list[Order]]:
    """``NotFound``: the demo was not built here."""
    channel = await by_key(tx, CHAT.key)
    if customer is None:
        return channel, []
    identity = await find_identity(tx, "external", channel.id, customer.user_id)
    return channel, await orders_of(tx, identity.customer_id, MOST_ORDERS) if identity else []


def _text(language: str, key: str, **facts: object) -> str:
    return text(language, f"shop.{key}", **facts)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("goodword.rig.shop"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("shop.html")
