from functools import cache
from importlib.resources import files
from typing import NamedTuple


class _Tables(NamedTuple):
    folding: dict[int, int]
    simplified_only: frozenset[str]
    traditional_only: frozenset[str]


def simplify(text: str) -> str:
    """`text` with traditional Han characters replaced one by one: for comparing, not for showing.

    轉人工 becomes 转人工. The choice of characters is OpenCC's first one, without a look at the context.
    """
    return text if text.isascii() else text.translate(_tables().folding)


def han_evidence(text: str) -> tuple[int, int]:
    """How many characters of `text` only simplified writing uses, and how many only traditional writing."""
    tables = _tables()
    simplified = sum(char in tables.simplified_only for char in text)
    traditional = sum(char in tables.traditional_only for char in text)
    return simplified, traditional


@cache
def _tables() -> _Tables:
    source = files(__package__).joinpath("han.txt").read_text(encoding="utf-8")
    traditional, folded, simplified = (line for line in source.splitlines() if not line.startswith("#"))
    return _Tables(str.maketrans(traditional, folded), frozenset(simplified), frozenset(traditional))
