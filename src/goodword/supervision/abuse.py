"""Whether a message insults the person who reads it.

A list of words, so that everyone can see what counts: insults aimed at a person and threats, not swearing about a
thing ("this damn kettle"). It serves only the offer of a pause and the order of the wall.
"""

import json
import re
from functools import cache
from importlib.resources import files

# Longer texts are letters, not outbursts; what is said is said at the beginning or the end.
MOST_READ = 4_000


def is_abusive(text: str) -> bool:
    """True when an insult or a threat of ``abuse.json`` stands in it, in whatever language."""
    text = text if len(text) <= MOST_READ else f"{text[: MOST_READ // 2]}\n{text[-MOST_READ // 2 :]}"
    return bool(_pattern().search(text.casefold().replace("’", "'")))


@cache
def _pattern() -> re.Pattern[str]:
    words = json.loads(files("goodword.supervision").joinpath("abuse.json").read_text("utf-8"))
    spaced = [re.escape(one) for language in ("en", "fr") for one in words[language]]
    unspaced = [re.escape(one) for language in ("ko", "zh") for one in words[language]]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)|{'|'.join(unspaced)}")
