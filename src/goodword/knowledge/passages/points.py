from goodword.knowledge.passages.model import weight
from goodword.knowledge.passages.sentences import clauses, sentences

LARGEST = 90
SMALLEST = 20


def points(text: str) -> list[str]:
    """What a passage says one by one: its sentences, list items and table rows.

    Shorter than a fifth of the largest they join the next of their line, longer than that they are cut at commas;
    sizes as `weight` counts them.
    """
    return [point for line in text.split("\n") if line.strip() for point in _of_line(line)]


def _of_line(line: str) -> list[str]:
    if " | " in line:
        return [line.strip()]
    found = [""]
    for sentence in sentences(line.removeprefix("- ")):
        for part in [sentence] if weight(sentence) <= LARGEST else clauses(sentence):
            if found[-1] and weight(found[-1]) + weight(part) > LARGEST:
                found.append("")
            found[-1] += part
        if weight(found[-1]) >= SMALLEST:
            found.append("")
    return [point.strip() for point in found if point.strip()]
