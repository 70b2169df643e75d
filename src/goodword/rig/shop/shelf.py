"""What stands on the page: products by category, customers to be, orders; in the words of the visitor's language."""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from goodword.customers.model import Order
from goodword.platform.i18n import text
from goodword.rig.cast import CUSTOMERS, CastCustomer
from goodword.rig.demo.material import Product, products

CATEGORIES: Final = ("sprig", "knives", "kitchen", "kettles", "planters", "seeds", "garden")
# Which of the drawings shows a product; those that are not named have that of their category.
_DRAWN: Final = {
    "FO-KN-05": "set", "FO-KN-06": "stone", "FO-KI-02": "mill", "FO-KE-02": "jug", "FO-KE-04": "sachet",
    "FO-PL-03": "pots", "FO-SP-02": "pods", "FO-SP-03": "lamp", "FO-GA-02": "trowel", "FO-GA-03": "can",
}  # fmt: skip
_BY_CATEGORY: Final = {
    "knives": "knife", "kitchen": "board", "kettles": "kettle", "planters": "box", "seeds": "seeds", "sprig": "sprig",
    "garden": "shears",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    sku: str
    name: str
    price: str
    drawing: str


@dataclass(frozen=True, slots=True)
class Section:
    category: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An order as its customer is shown it."""

    number: str
    items: tuple[str, ...]
    status: str
    total: str


def sections(language: str) -> list[Section]:
    shelved = sorted(products(), key=lambda product: CATEGORIES.index(product.category))
    return [
        Section(
            category, text(language, f"shop.category.{category}"), tuple(_card(product, language) for product in group)
        )
        for category, group in groupby(shelved, key=lambda product: product.category)
    ]


def line(order: Order, language: str) -> Line:
    return Line(
        number=order.number,
        items=tuple(
            text(language, "shop.orders.quantity", count=item.quantity, name=item.name) for item in order.items
        ),
        status=text(language, f"shop.status.{order.status}"),
        total=price(order.total_cents, language),
    )


def price(cents: int, language: str) -> str:
    return text(language, "shop.price", whole=cents // 100, cents=f"{cents % 100:02}")


def customer(key: str) -> CastCustomer | None:
    return next((customer for customer in CUSTOMERS if customer.key == key), None)


def _card(product: Product, language: str) -> Card:
    drawing = _DRAWN.get(product.sku, _BY_CATEGORY[product.category])
    return Card(product.sku, product.names[language], price(product.cents, language), drawing)
