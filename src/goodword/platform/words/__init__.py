"""Text as search and understanding see it.

`clean` makes any string safe to store; `terms` turns a text into the words an index holds, alike for
documents and questions, and `places` says where in the text they stand; `scripts` and `shared_script` say which
writings occur; `direction` says from which side a text is read. Every function is pure, takes any string without
raising and needs time in proportion to its length.
"""

from goodword.platform.words.cleaning import clean
from goodword.platform.words.han import han_evidence, simplify
from goodword.platform.words.scripts import direction, script_counts, scripts, shared_script
from goodword.platform.words.terms import fold, places, terms

__all__ = [
    "clean",
    "direction",
    "fold",
    "han_evidence",
    "places",
    "script_counts",
    "scripts",
    "shared_script",
    "simplify",
    "terms",
]
