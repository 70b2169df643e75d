import re
from itertools import pairwise

_END = re.compile(
    r"[。！？!?…]+[”’」』）)\"']*"  # ends a sentence wherever it stands
    r"|\.+[”’\")\]]*(?=\s+[^\sa-z]|\s*$|(?<=[\u3400-\ud7a3]\.))"  # not in 1.5 or e.g. this
    r"|[؟।]+"
    r"|\n+"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Nr|vs|etc|approx|M|Mme|Mlle|env|art|p|z\.B|e\.g|i\.e|cf)|\b[A-Z])\.$"
)
_WEAK_END = re.compile(r"[;；:：]+\s*|[,，、]+\s*|(?=[•●▪])|\s+")


def sentences(text: str) -> list[str]:
    """The sentences of `text` with their end marks and following spaces; joined they give `text` again."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if _ABBREVIATION.search(text[max(start, end.end() - 12) : end.end()]):
            continue
        found.append(text[start : end.end()])
        start = end.end()
    found.append(text[start:])
    return _spaces_to_the_left([piece for piece in found if piece])


def clauses(text: str) -> list[str]:
    """Pieces of a sentence too long to stay whole, cut after semicolons, commas and spaces, before bullets."""
    places = [0, *(found.end() for found in _WEAK_END.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(places) if end > start]


def _spaces_to_the_left(pieces: list[str]) -> list[str]:
    tidy: list[str] = []
    for piece in pieces:
        body = piece.lstrip()
        if tidy:
            tidy[-1] += piece[: len(piece) - len(body)]
            if body:
                tidy.append(body)
        else:
            tidy.append(piece)
    return tidy
