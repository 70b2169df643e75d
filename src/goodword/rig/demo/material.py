"""What the demo is made of: products, names, conversations and articles, read from the company's folder."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

import msgspec

from goodword.conversations.model import Mood
from goodword.platform.i18n import LANGUAGES

Who = Literal["customer", "assistant", "agent", "note"]


class Product(msgspec.Struct, frozen=True):
    """``names`` by language."""

    sku: str
    price_eur: float
    category: str
    names: dict[str, str]

    @property
    def cents(self) -> int:
        return round(self.price_eur * 100)


class Name(msgspec.Struct, frozen=True):
    name: str
    city: str
    email_local: str


class Turn(msgspec.Struct, frozen=True):
    """What somebody says, so many seconds after what was said before. Holes: {customer} {agent} {order} {product}."""

    who: Who
    after_seconds: int
    text: str


class Script(msgspec.Struct, frozen=True):
    """A conversation as it may happen to anybody. ``mood`` is the customer's while nobody has helped him yet."""

    topic: str
    mood: Mood
    channel: str
    closed: bool
    turns: tuple[Turn, ...]
    tags: tuple[str, ...]

    @property
    def names_the_customer(self) -> bool:
        return any("{customer}" in turn.text for turn in self.turns)

    @property
    def seconds(self) -> int:
        return sum(turn.after_seconds for turn in self.turns)


class CannedAnswer(msgspec.Struct, frozen=True):
    key: str
    texts: dict[str, str]


class Aside(msgspec.Struct, frozen=True):
    title: str
    question: str
    answer: str


class Beside(msgspec.Struct, frozen=True):
    """What is said beside conversations: a colleague called, a reply for tomorrow, a side thread, and in ratings."""

    call: str
    later: str
    aside: Aside
    praise: dict[str, str]
    blame: dict[str, str]


def company() -> Traversable:
    return files("goodword.rig").joinpath("company")


@cache
def products() -> tuple[Product, ...]:
    return msgspec.json.decode(company().joinpath("products.json").read_bytes(), type=tuple[Product, ...])


@cache
def names() -> dict[str, tuple[Name, ...]]:
    return msgspec.json.decode(company().joinpath("names.json").read_bytes(), type=dict[str, tuple[Name, ...]])


@cache
def scripts() -> dict[str, tuple[Script, ...]]:
    folder = company().joinpath("scripts")
    return {
        language: msgspec.json.decode(folder.joinpath(f"{language}.json").read_bytes(), type=tuple[Script, ...])
        for language in LANGUAGES
    }


def canned_answers() -> tuple[CannedAnswer, ...]:
    return msgspec.json.decode(company().joinpath("canned.json").read_bytes(), type=tuple[CannedAnswer, ...])


@cache
def beside() -> Beside:
    return msgspec.json.decode(company().joinpath("beside.json").read_bytes(), type=Beside)


def articles(language: str) -> list[tuple[str, bytes]]:
    """File name and content, by name. The same name in two languages is the same article."""
    folder = company().joinpath("articles", language)
    return sorted((file.name, file.read_bytes()) for file in folder.iterdir() if file.name.endswith(".md"))
