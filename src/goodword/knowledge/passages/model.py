import re
from dataclasses import dataclass

_WIDE = re.compile("[\u0e00-\u0eff\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN_SHARE = 0.39  # 900 Latin letters make about as many tokens as 350 Han characters


@dataclass(frozen=True)
class Passage:
    """A piece of a document: the headings above it, outermost first, its text and its place (0, 1, 2 ...)."""

    heading_path: tuple[str, ...]
    text: str
    position: int

    @property
    def in_context(self) -> str:
        """The text under its headings, as it is best embedded."""
        return "\n".join((" › ".join(self.heading_path), self.text)) if self.heading_path else self.text


def weight(text: str) -> float:
    """The size of `text` in Han characters; a Latin letter, digit or space weighs 0.39."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide) * _LATIN_SHARE
