"""What a message says: its language, whether a person is wished for; later topic, mood, complaint kind, urgency.

``read_message`` answers always, offline, within two seconds and with "und" or None where it can't tell. Every
customer's message is understood once: ``MessageUnderstood`` on its conversation's time line, its vector in
``readings``.
"""

from goodword.understanding.language import Language, detect
from goodword.understanding.model import Reading, Understood
from goodword.understanding.reading import read_message
from goodword.understanding.store import language_of, readings_of
from goodword.understanding.wish import Wish, wants_human

__all__ = [
    "Language",
    "Reading",
    "Understood",
    "Wish",
    "detect",
    "language_of",
    "read_message",
    "readings_of",
    "wants_human",
]
