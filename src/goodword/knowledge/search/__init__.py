"""Finding the passage that answers a question: by meaning, across languages, and by words, whatever the writing.

``Search`` keeps an index of all published passages in memory and follows every change, also those of other processes.
Without an embedder it goes on by words.
"""

from goodword.knowledge.search.entries import Entry, Shelf, entry
from goodword.knowledge.search.hit import Audience, Hit
from goodword.knowledge.search.index import Index
from goodword.knowledge.search.search import Search

__all__ = ["Audience", "Entry", "Hit", "Index", "Search", "Shelf", "entry"]
