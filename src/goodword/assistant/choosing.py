"""A choice that was taken in words: who answers by mail has no buttons to press."""

from collections.abc import Sequence

from goodword.conversations import Choice

AROUND = " \t–—-•*·>\"'“”«»「」.。!！?？:："


def chosen_in_words(text: str, choices: Sequence[Choice]) -> str | None:
    """The id of the choice whose label is all that the first line says; None where it says anything else."""
    first = next((line for line in map(_bare, text.splitlines()) if line), "")
    return next((choice.id for choice in choices if first and _bare(choice.label) == first), None)


def _bare(line: str) -> str:
    return " ".join(line.split()).strip(AROUND).casefold()
