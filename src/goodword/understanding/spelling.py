from functools import lru_cache

_SHORTEST = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=4096)
def corrected(word: str, known: frozenset[str]) -> str:
    """The known word that `word` (folded) misspells by one letter, or `word` itself.

    One letter too many, missing, wrong or exchanged with its neighbour; the first letter must be right and
    the word at least five letters long. Endings are left alone: "humane" is not a misspelt "human".
    """
    if word in known or len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
        return word
    near = {candidate for candidate in _one_edit_away(word) if candidate in known and len(candidate) >= _SHORTEST}
    return min(near) if near else word


def _one_edit_away(word: str) -> set[str]:
    """Edits strictly inside the word, and a doubled or dropped last letter."""
    found: set[str] = set()
    for place in range(1, len(word)):
        head, tail = word[:place], word[place:]
        found.update(head + letter + tail for letter in _LETTERS)
        if place < len(word) - 1:
            found.add(head + tail[1:])
            found.add(head + tail[1] + tail[0] + tail[2:])
            found.update(head + letter + tail[1:] for letter in _LETTERS)
    if word[-1] == word[-2]:
        found.add(word[:-1])
    return found
