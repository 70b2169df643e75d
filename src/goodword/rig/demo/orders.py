"""What people bought before they wrote."""

from dataclasses import dataclass
from random import Random
from typing import Final

from goodword.platform.clock import DAY, HOUR
from goodword.rig.demo.dates import LEAD
from goodword.rig.demo.material import Product, Script, products

_ABOUT: Final = {"sprig": "sprig", "wifi": "sprig", "kettle": "kettles", "limescale": "kettles", "knife": "knives"}
# How many days ago somebody bought what he writes about; all within the time before the first customer writes.
_DAYS_AGO: Final = {"order_change": (0, 1), "product_question": (0, 1), "delivery": (2, 5)}
_OTHERWISE: Final = (2, 6)
# A prime: every conversation gets an order number of its own, and they don't look counted.
FIRST_NUMBER: Final = 20_000
NUMBERS: Final = 79_999
STRIDE: Final = 7_919
_SENT_BACK: Final = frozenset({"refund", "return"})


@dataclass(frozen=True, slots=True)
class Purchase:
    """``status`` is how it stands today."""

    number: str
    placed_at: int
    status: str
    items: tuple[tuple[Product, int], ...]

    @property
    def main(self) -> Product:
        return self.items[0][0]

    @property
    def cents(self) -> int:
        return sum(product.cents * quantity for product, quantity in self.items)


def purchase(random: Random, number: int, script: Script, written_at: int, now: int) -> Purchase:
    """Something that a customer may well write about in the words of ``script``; another order for every ``number``."""
    about = next((_ABOUT[tag] for tag in script.tags if tag in _ABOUT), None)
    main = random.choice([product for product in products() if about in (None, product.category)])
    besides = random.sample([product for product in products() if product is not main], random.choice((0, 0, 1, 2)))
    fewest, most = _DAYS_AGO.get(script.topic, _OTHERWISE)
    placed_at = written_at - min(random.randrange(fewest * DAY + DAY // 48, most * DAY), LEAD)
    return Purchase(
        number=f"FO-{FIRST_NUMBER + number * STRIDE % NUMBERS}",
        placed_at=placed_at,
        status=_status(script, now - placed_at),
        items=((main, 1), *((product, random.choice((1, 1, 2))) for product in besides)),
    )


def _status(script: Script, age: int) -> str:
    if script.topic in _SENT_BACK and age > 10 * DAY:
        return "refunded"
    if age > 4 * DAY:
        return "delivered"
    if age > DAY:
        return "shipped"
    return "packing" if age > HOUR else "received"
