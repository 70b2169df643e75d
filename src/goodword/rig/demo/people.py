"""The customers of the demo: the cast, and as many others as are needed."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product as pairs
from random import Random

from goodword.rig.cast import CUSTOMERS, CastCustomer
from goodword.rig.demo.material import Name, names

_SPACED = frozenset({"en", "fr"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes. A stranger has neither name nor address, only a browser: ``user_id``."""

    user_id: str
    name: str
    called: str
    email: str
    language: str
    city: str

    @property
    def stranger(self) -> bool:
        return not self.name


def of_cast(customer: CastCustomer) -> Person:
    called = _called(customer.name, customer.language)
    return Person(customer.user_id, customer.name, called, customer.email, customer.language, customer.city)


def cast_of(language: str) -> list[Person]:
    return [of_cast(customer) for customer in CUSTOMERS if customer.language == language]


def stranger(number: int, language: str) -> Person:
    return Person(f"fo-browser-{number}", "", "", "", language, "")


def others(language: str, random: Random) -> Iterator[Person]:
    """The people of the list first, then their given names with each other's family names: 144 in all, nobody twice."""
    listed = list(names()[language])
    random.shuffle(listed)
    shifted = sorted(pairs(range(len(listed)), repeat=2), key=lambda pair: pair[0])
    for shift, place in shifted:
        yield _mixed(listed[place], listed[(place + shift) % len(listed)], language)


def _mixed(given: Name, family: Name, language: str) -> Person:
    name = _joined(_parts(given.name, language)[0], _parts(family.name, language)[1], language)
    local = _local(given.email_local, family.email_local, language)
    email = f"{local}@customers.example"
    return Person(f"fo-{local}", name, _called(name, language), email, language, given.city)


def _parts(name: str, language: str) -> tuple[str, str]:
    """Given and family name."""
    if language in _SPACED:
        given, _, family = name.partition(" ")
        return given, family
    return name[1:], name[:1]


def _joined(given: str, family: str, language: str) -> str:
    return f"{given} {family}" if language in _SPACED else f"{family}{given}"


def _local(given: str, family: str, language: str) -> str:
    # The mainland's addresses put the family name first.
    first, second = (family, given) if language == "zh-Hans" else (given, family)
    return f"{first.partition('.')[0]}.{second.partition('.')[2]}"


def _called(name: str, language: str) -> str:
    """How a letter addresses him."""
    return _parts(name, language)[0] if language in _SPACED else name
