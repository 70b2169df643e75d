"""What search answers."""

from typing import Literal
from urllib.parse import quote

import msgspec

Audience = Literal["public", "staff"]


class Hit(msgspec.Struct, frozen=True):
    """A passage that may answer the question, shown in the asker's language where the article exists in it.

    ``score``: 0 to 1, how it compares with everything else that could have been found; for ordering. ``margin``: by
    how much it is above that of the next result, 0 for the last one. The others are those of the best translation:
    ``meaning``, how near question and passage are (see ``vectors``), None without an embedding; ``words``, BM25, 0
    without a common word; ``coverage``, 0 to 1, the share of the question's words in the passage, rare ones counting
    more.
    """

    article_id: str
    passage_id: str
    title: str
    slug: str
    language: str
    heading: str
    anchor: str
    text: str
    score: float
    meaning: float | None
    words: float
    coverage: float
    margin: float

    @property
    def url(self) -> str:
        """Where it stands in the help centre."""
        return self.url_in(self.language)

    def url_in(self, language: str) -> str:
        """The same, with the page around it in ``language``."""
        place = f"#{quote(self.anchor)}" if self.anchor else ""
        return f"/help/{language}/articles/{quote(self.slug)}{place}"
