import re

_RANGES = {
    "latin": "A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿＡ-Ｚａ-ｚ",
    "han": "㐀-䶿一-鿿\uf900-\ufaff々〇\U00020000-\U0003ffff",
    "kana": "ぁ-ゖゝゞァ-ヺー-ヿㇰ-ㇿｦ-ﾟ",
    "hangul": "가-힣ᄀ-ᇿ㄰-㆏",
    "cyrillic": "Ѐ-ԯ",
    "greek": "Ͱ-Ͽἀ-῿",
    "arabic": "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "hebrew": "\u05d0-\u05ea\u05ef-\u05f2",
    "devanagari": "\u0900-\u0963\u0971-\u097f",
    "bengali": "\u0980-\u09fe",
    "tamil": "\u0b82-\u0bd7",
    "thai": "\u0e01-\u0e4d",
    "lao": "\u0e81-\u0edf",
    "khmer": "\u1780-\u17d3",
    "myanmar": "\u1000-\u103f",
    "georgian": "\u10a0-\u10ff",
    "armenian": "\u0531-\u0587",
}
_SCRIPTS = {name: re.compile(f"[{characters}]") for name, characters in _RANGES.items()}
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")


def scripts(text: str) -> frozenset[str]:
    """The writings whose letters occur in `text`: "latin", "han", "hangul", "kana", "cyrillic" and so on."""
    if text.isascii():
        return frozenset({"latin"} if _SCRIPTS["latin"].search(text) else ())
    return frozenset(name for name, letter in _SCRIPTS.items() if letter.search(text))


def script_counts(text: str) -> dict[str, int]:
    """How many letters of each writing `text` has; writings that do not occur are left out."""
    counts = {name: len(letter.findall(text)) for name, letter in _SCRIPTS.items()}
    return {name: count for name, count in counts.items() if count}


def shared_script(a: str, b: str) -> bool:
    """Whether comparing the words of `a` and `b` can succeed at all.

    True when a writing occurs in both, and when one has no letters (an order number matches anywhere).
    """
    first, second = scripts(a), scripts(b)
    return not first or not second or not first.isdisjoint(second)


def direction(text: str) -> str:
    """From which side `text` is read, by its first letter as in UAX 9: "rtl" for Hebrew, Arabic and kin, or "ltr"."""
    first = _LETTER.search(text)
    return "rtl" if first and _RIGHT_TO_LEFT.match(first.group()) else "ltr"
