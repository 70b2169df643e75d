import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from goodword.platform.words.cleaning import bounded_marks
from goodword.platform.words.han import simplify
from goodword.platform.words.stems import stem, without_elision

_HAN_AND_KANA = "㐀-䶿一-鿿\uf900-\ufaff々〇\U00020000-\U0003ffffぁ-ゖゝゞァ-ヺー-ヿㇰ-ㇿ"
_HANGUL = "가-힣ᄀ-ᇿ㄰-㆏"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
_USUAL = 40
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff"
_OTHER_LETTER = rf"(?:(?![{_HAN_AND_KANA}{_HANGUL}{_UNSPACED}])(?:[^\W_]|[{_MARKS}]))"
_RUN = re.compile(
    rf"(?P<grams>[{_HAN_AND_KANA}]+|[{_HANGUL}]+|[{_UNSPACED}]+)"
    rf"|(?P<word>{_OTHER_LETTER}+(?:'{_OTHER_LETTER}+)*)"
)
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_APOSTROPHES = str.maketrans("’‘ʼ＇`´", "''''''")
_LATIN_WITHOUT_BASE = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}


def _unaccented() -> dict[int, str]:
    table = {ord(char): base for char, base in _LATIN_WITHOUT_BASE.items()}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base
    return table


_UNACCENTED = _unaccented()


def fold(text: str) -> str:
    """`text` in the form in which equal words are equal: NFKC, no case, no Latin accents, Han simplified."""
    if text.isascii():
        return text.casefold()
    text = unicodedata.normalize("NFKC", bounded_marks(text.translate(_APOSTROPHES))).casefold()
    return simplify(text.translate(_UNACCENTED))


def terms(text: str) -> list[str]:
    """The words of `text` for an index, in their order, repetitions included.

    Words with plural endings and French elisions taken off where words are written apart (l'étagère and
    etageres meet in "etager"); overlapping pairs of characters for Han, Kana, Hangul, Thai and other writing
    without dependable spaces, a lone character as it is. Simplified and traditional Han give the same pairs.
    """
    folded = fold(text)
    if folded.isascii():
        return [term for word in _ASCII_WORD.findall(folded) for term in _terms_of_word(word)]
    return [term for run in _RUN.finditer(folded) for term in _terms_of(run)]


def places(text: str) -> Iterator[tuple[int, int, str]]:
    """Where in `text`, just as it is written, each of its terms stands: from, to, and the term."""
    for run in _RUN.finditer(text.translate(_APOSTROPHES)):
        start, end = run.span()
        pieces = (
            [(start, end)] if run.group("word") or end - start == 1 else [(at, at + 2) for at in range(start, end - 1)]
        )
        for here, there in pieces:
            for term in terms(text[here:there]):
                yield here, there, term


def _terms_of(run: re.Match[str]) -> Iterable[str]:
    if word := run.group("word"):
        return _terms_of_word(word)
    grams = run.group("grams")
    return [grams] if len(grams) == 1 else [grams[start : start + 2] for start in range(len(grams) - 1)]


def _terms_of_word(word: str) -> tuple[str, ...]:
    return _terms_of_usual_word(word) if len(word) <= _USUAL else _stemmed(word)


# A few thousand words are most of what people write.
@lru_cache(maxsize=16_384)
def _terms_of_usual_word(word: str) -> tuple[str, ...]:
    return _stemmed(word)


def _stemmed(word: str) -> tuple[str, ...]:
    return tuple(stem(part) for part in without_elision(word))
