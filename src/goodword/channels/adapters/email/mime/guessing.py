"""Which charset bytes are written in when nobody says so, or says wrongly: the one whose text looks like writing."""

import re
from functools import cache

SAMPLE = 4_000
_FIRST_WIDE = re.compile(rb"[\x80-\xff]")
_PRIORS = {
    "cp1252": 0.15,
    "gb18030": 0.05,
    "cp932": 0.05,
    "cp949": 0.05,
    "cp950": 0.0,
    "euc_jp": 0.0,
    "cp1251": 0.0,
    "koi8-r": 0.0,
    "cp1253": 0.0,
    "cp1255": 0.0,
    "cp1256": -0.05,
    "cp874": 0.0,
    "cp1250": 0.0,
}
_DECLARED = 0.2
# The characters that each writing uses most; nothing tells misread Chinese from read Chinese as well as they do.
_SIMPLIFIED = (
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事"
    "只作当想看文无开手用主行方又如前所本见经面公同三已从动两长知样现分将但些与高意进把法此实回理点月明其种全工话者向情部正名定女问力机给等几很"
    "业最间新什打便位因重被电第门相次东使再平真信少关并内加化由代产先水市体别总单订货款退谢请您司客服快递收账号价"
)
_TRADITIONAL = (
    "的一是不了在人有我他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事"
    "只作當想看文無開手用主行方又如前所本見經面公同三已從動兩長知樣現分將但些與高意進把法此實回理點月明其種全工話者向情部正名定女問力機給等幾很"
    "業最間新什打便位因重被電第門相次東使再平真信少關並內加化由代產先水市體別總單訂貨款退謝請您司客服快遞收帳號價"
)
_FREQUENT_HAN = frozenset(_SIMPLIFIED + _TRADITIONAL + "日本円様御社送注文商品届申込会員電話番号連絡願致")
_FREQUENT_LETTERS = {
    "cyrillic": frozenset("оеаинтсрвлкмдпуяыьі"),
    "greek": frozenset("αοιετσνηυρπκμλςίόέάήύώθδγ"),
    "hebrew": frozenset("יהולאתרמבשנדעםןח"),
    "arabic": frozenset("اليموننتربعدسفهكةأ"),
    "thai": frozenset("านรกอเงสมยทลวดตค"),
}
# Letters that only stand at the end of a word.
_FINAL = frozenset("ςךםןףץ")
_SIGNS = frozenset("–—‘’“”„…•™€£©®«»°§·¿¡ªº\u00a0、。，！？：；（）「」『』・ー～　【】《》①②③〒※")


def guess(content: bytes, declared: str = "") -> str:
    """Never fails: with nothing to go by it is cp1252."""
    first = _FIRST_WIDE.search(content)
    start = max(0, first.start() - 50) if first else 0
    sample = content[start : start + SAMPLE]
    best, most = "cp1252", -9.0
    for codec in {**_PRIORS, **({declared: 0.0} if declared else {})}:
        prior = _PRIORS.get(codec, 0.0) + (_DECLARED if codec == declared else 0.0)
        score = likeness(sample.decode(codec, "replace"), codec) + prior
        if score > most:
            best, most = codec, score
    return best


def likeness(text: str, codec: str) -> float:
    """From -1 (nobody writes so) to 1 (certainly writing), over the characters that are not ASCII."""
    score, count = 0.0, 0
    before = " "
    for at, char in enumerate(text):
        if char >= "\x80":
            after = text[at + 1] if at + 1 < len(text) else " "
            score += _of(char, before, after, codec)
            count += 1
        before = char
    return score / count if count else 0.0


def _of(char: str, before: str, after: str, codec: str) -> float:
    if char in _SIGNS:
        return -0.2 if before.isalpha() and after.isalpha() and char not in "’·—・ー" else 0.5
    if char < "\xa0" or char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char > "\uffff":
        return -1.0
    if char >= "\u2e80":
        return _east_asian(char, codec)
    if not char.isalpha():
        return _mark(char, before, after)
    return _letter(char, before, after)


def _east_asian(char: str, codec: str) -> float:
    if "\u3041" <= char <= "\u30fe":
        return 1.0 if codec in ("cp932", "euc_jp") else -0.2
    if "\uac00" <= char <= "\ud7a3":
        return 0.9 if char in _everyday("euc_kr") else -0.5
    if "\u4e00" <= char <= "\u9fff":
        if char in _FREQUENT_HAN:
            return 1.0
        return 0.3 if codec in _LEVELS and char in _everyday(codec) else -0.4
    if "\uff01" <= char <= "\uff5e" or "\u3000" <= char <= "\u301f":
        return 0.4
    return -0.6


def _mark(char: str, before: str, after: str) -> float:
    if "\u0e30" <= char <= "\u0e4e":
        return 0.7 if "\u0e00" < before < "\u0e80" else -0.7
    return -0.7 if before.isalpha() and after.isalpha() else -0.3


def _letter(char: str, before: str, after: str) -> float:
    if char.isupper() and before.islower():
        return -1.0
    script = _script(char)
    beside = [other for other in (before, after) if other.isalpha()]
    if any(_script(other) != script for other in beside):
        return -0.8
    if script == "latin":
        wide = sum(other >= "\x80" for other in beside)
        return 0.8 if beside and wide == 0 else 0.2 if len(beside) > wide else -0.5
    if not beside:
        return 0.0
    if char in _FINAL and after.isalpha():
        return -1.0
    return 1.0 if char in _FREQUENT_LETTERS.get(script, ()) else 0.3


def _script(char: str) -> str:
    if char < "\u0370":
        return "latin"
    if char < "\u0400":
        return "greek"
    if char < "\u0530":
        return "cyrillic"
    return "hebrew" if char < "\u0600" else "arabic" if char < "\u0700" else "thai" if char < "\u0e80" else "other"


# Where a charset keeps its everyday characters: first and last lead byte, and the codec that knows no others.
_LEVELS = {
    "gb18030": (0xB0, 0xD7, "gb2312"),
    "cp950": (0xA4, 0xC6, "cp950"),
    "cp932": (0x88, 0x98, "cp932"),
    "euc_jp": (0xB0, 0xCF, "euc_jp"),
    "euc_kr": (0xB0, 0xC8, "euc_kr"),
}


@cache
def _everyday(codec: str) -> frozenset[str]:
    first, last, strict = _LEVELS[codec]
    pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in range(0x40, 0xFF))
    return frozenset("".join(pair.decode(strict, "ignore") for pair in pairs))
