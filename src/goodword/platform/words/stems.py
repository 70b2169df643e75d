_ELISIONS = frozenset(["l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
_NOT_A_PLURAL = ("ss", "us", "is", "as", "os")
# Each with how many letters must be left: ring stays ring.
_ENDINGS = (("ment", 4), ("ing", 4), ("ed", 4), ("ee", 4), ("er", 5))


def without_elision(word: str) -> tuple[str, ...]:
    """What a word with apostrophes stands for: l'eau eau, Dana's dana, don't dont, O'Neil oneil."""
    if "'" not in word:
        return (word,)
    head, _, rest = word.partition("'")
    if head in _ELISIONS and len(rest) > 1:
        return (rest.replace("'", ""),)
    if word.endswith("'s"):
        return (word[:-2].replace("'", ""),)
    return (word.replace("'", ""),)


def stem(word: str) -> str:
    """`word` (folded) without the endings that English and French bend it by: refunds, refunding and refunded meet, as
    do remboursé, rembourser and remboursements.

    Deliberately light and alike for both languages: it only has to bring forms together, not to find a dictionary form.
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    word = _without_ending(_singular(word))
    word = word[:-1] if len(word) > 3 and word.endswith("e") else word
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeious" else word


def _without_ending(word: str) -> str:
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("eaux", "oux", "eux")):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-3] + "al"
    if word.endswith(("xes", "shes", "sses", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(_NOT_A_PLURAL):
        return word[:-1]
    return word
