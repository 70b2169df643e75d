"""The assistant: answers from the articles and shows where, asks back, says that it doesn't know, fetches a person.

It says only what stands in an article, word for word; it never says the same twice; a person is one sentence away. Each
decision is on the time line with its reasons (``trace_of``), and everything one decision does is one transaction.
"""

from goodword.assistant.asking import ask
from goodword.assistant.deciding import decide, question_to_look_up
from goodword.assistant.looking_up import Lookup
from goodword.assistant.model import Decision, Found, Situation, Turn
from goodword.assistant.standing import summary_of
from goodword.assistant.store import Trace, trace_of
from goodword.assistant.subscribers import Assistant

__all__ = [
    "Assistant",
    "Decision",
    "Found",
    "Lookup",
    "Situation",
    "Trace",
    "Turn",
    "ask",
    "decide",
    "question_to_look_up",
    "summary_of",
    "trace_of",
]
