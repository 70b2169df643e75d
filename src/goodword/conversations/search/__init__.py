"""Search: where among all that was said, the subjects and the customers' names certain words stand.

A message is found as soon as it is written down, in any language: the index holds the terms of
``goodword.platform.words`` and is kept in the message's own transaction. What is asked is a ``Query``: words, all of
which must occur, the last one perhaps only begun; and operators such as ``from:dana is:closed before:2026-11-01``.
``finding`` goes and looks.
"""

from goodword.conversations.search.index import forget, stands_at, take_in
from goodword.conversations.search.query import Query, Wanted, marked_terms, read_query, wanted_terms
from goodword.conversations.search.snippets import Piece, is_hit, snippet

__all__ = [
    "Piece",
    "Query",
    "Wanted",
    "forget",
    "is_hit",
    "marked_terms",
    "read_query",
    "snippet",
    "stands_at",
    "take_in",
    "wanted_terms",
]
