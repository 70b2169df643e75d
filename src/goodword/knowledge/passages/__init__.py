"""Documents cut into passages that fit an embedding and keep the headings they stand under.

`split` never cuts inside a sentence that fits, never mixes two headings in one passage, and loses nothing:
every word of the document is in the text or in the heading path of some passage, in its order. `points` are what
a passage says one by one.
"""

from goodword.knowledge.passages.model import Passage, weight
from goodword.knowledge.passages.points import points
from goodword.knowledge.passages.sentences import sentences
from goodword.knowledge.passages.split import LIMIT, TARGET, split

__all__ = ["LIMIT", "TARGET", "Passage", "points", "sentences", "split", "weight"]
